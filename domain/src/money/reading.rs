//! Reading a number as people write it, with a decimal point or a decimal comma (N1).
//!
//! A number has digits, and up to two kinds of marks: thousands separators (a point, a comma, an apostrophe or a space), which are all
//! the same and stand before groups of three, and one decimal mark (a point or a comma, and another than the separators). `5.000` is
//! five thousand to one half of the world and five to the other. It is refused, with both readings, unless only one is possible.

/// Why a text is no number, or not one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is none.
    NoNumber,
    /// It has more decimals than are counted.
    Places,
    /// It can be read in two ways: with a thousands separator, and with a decimal mark between these two.
    TwoWays { thousands: String, whole: String, part: String },
    /// More than can be counted.
    TooMuch,
}

/// A number with up to so many decimals, as a count of its last one.
pub(super) fn read(typed: &str, places: usize) -> Result<i64, Wrong> {
    let marked = Marked::of(typed)?;
    match (marked.thousands(), marked.decimal()) {
        (None, None) => Err(Wrong::NoNumber),
        (Some(whole), None) => count(&whole, "", places),
        (None, Some((whole, part))) => count(&whole, part, places),
        // No mark can be a decimal one where nothing has decimals.
        (Some(thousands), Some(_)) if places == 0 => count(&thousands, "", places),
        // The point of three decimals is how this program writes them itself; there is no other way to write these amounts.
        (Some(_), Some((whole, part))) if places == part.len() && marked.last() == Some('.') => {
            count(&whole, part, places)
        }
        (Some(thousands), Some((whole, part))) => Err(Wrong::TwoWays { thousands, whole, part: part.to_owned() }),
    }
}

/// The same of a number that is never so large that it has thousands: a percentage.
pub(super) fn read_small(typed: &str, places: usize) -> Result<i64, Wrong> {
    let marked = Marked::of(typed)?;
    match marked.pieces.as_slice() {
        [whole] => count(whole, "", places),
        [whole, part] if matches!(marked.last(), Some('.' | ',')) => count(whole, part, places),
        _ => Err(Wrong::NoNumber),
    }
}

fn count(whole: &str, part: &str, places: usize) -> Result<i64, Wrong> {
    let missing = places.checked_sub(part.len()).ok_or(Wrong::Places)?;
    format!("{whole}{part}{}", "0".repeat(missing)).parse().map_err(|_| Wrong::TooMuch)
}

/// Digits, and the marks between them; behind the last digit there may be a mark with no decimals.
struct Marked {
    pieces: Vec<String>,
    marks: Vec<char>,
}

impl Marked {
    fn of(typed: &str) -> Result<Self, Wrong> {
        let (mut pieces, mut marks) = (vec![String::new()], Vec::new());
        for sign in typed.chars() {
            match sign {
                '0'..='9' => pieces.last_mut().ok_or(Wrong::NoNumber)?.push(sign),
                '.' | ',' => marks.push(sign),
                '\'' | '\u{2019}' => marks.push('\''),
                // The space, the one that does not break, and the narrow one.
                ' ' | '\u{a0}' | '\u{202f}' => marks.push(' '),
                _ => return Err(Wrong::NoNumber),
            }
            if pieces.len() <= marks.len() {
                pieces.push(String::new());
            }
        }
        let inner = pieces.len() - usize::from(pieces.len() > 1);
        if pieces[..inner].iter().any(String::is_empty) { Err(Wrong::NoNumber) } else { Ok(Self { pieces, marks }) }
    }

    fn last(&self) -> Option<char> {
        self.marks.last().copied()
    }

    /// All of it as a whole number.
    fn thousands(&self) -> Option<String> {
        whole(&self.pieces, &self.marks)
    }

    /// With the last mark as the decimal one: what stands before and behind it.
    fn decimal(&self) -> Option<(String, &str)> {
        let (last, marks) = self.marks.split_last()?;
        let (part, pieces) = self.pieces.split_last()?;
        let possible = matches!(last, '.' | ',') && !marks.contains(last);
        Some((whole(pieces, marks).filter(|_| possible)?, part))
    }
}

/// Groups of a whole number: three digits in each but the first, which has up to three and does not begin with 0, and one mark in all.
fn whole(groups: &[String], marks: &[char]) -> Option<String> {
    let (first, others) = groups.split_first()?;
    let alike = marks.windows(2).all(|pair| pair[0] == pair[1]);
    let right =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && others.iter().all(|group| group.len() == 3);
    (others.is_empty() || (alike && right)).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn two(thousands: &str, whole: &str, part: &str) -> Result<i64, Wrong> {
        Err(Wrong::TwoWays { thousands: thousands.to_owned(), whole: whole.to_owned(), part: part.to_owned() })
    }

    #[test]
    fn n1_a_decimal_mark_is_a_point_or_a_comma_and_thousands_stand_in_threes() {
        for same in
            ["1500.5", "1500,5", "1,500.5", "1.500,5", "1'500.50", "1\u{2019}500,50", "1 500,50", "1\u{a0}500.50"]
        {
            assert_eq!(read(same, 2), Ok(150_050), "{same}");
        }
        for same in
            ["1234567", "1,234,567", "1.234.567", "1 234 567", "1\u{202f}234\u{202f}567", "1'234'567", "1234567,"]
        {
            assert_eq!(read(same, 2), Ok(123_456_700), "{same}");
        }
        for wrong in [
            "",
            ".",
            "1,2,3",
            "1.2.3",
            "1,23,456",
            "1234,567.00",
            "1.234,567.00",
            "1 234'567",
            "0,123,456",
            "1,,234",
            ".5",
            ",5",
            "1e3",
            "1,234 567",
            "\u{663}",
        ] {
            assert_eq!(read(wrong, 2), Err(Wrong::NoNumber), "{wrong}");
        }
    }

    #[test]
    fn n1_what_can_be_read_in_two_ways_is_not_read_unless_the_currency_leaves_one() {
        assert_eq!(read("5.000", 2), two("5000", "5", "000"));
        assert_eq!(read("1,234", 2), two("1234", "1", "234"));
        assert_eq!(read("999.999", 2), two("999999", "999", "999"));
        // No decimals in yen: only the thousands are left.
        assert_eq!([read("5.000", 0), read("5,000", 0)], [Ok(5_000), Ok(5_000)]);
        // Three in dinars: the point is how we write them, the comma may be either.
        assert_eq!(read("1.234", 3), Ok(1_234));
        assert_eq!(read("1,234", 3), two("1234", "1", "234"));
        // Four digits before it, or a 0, are no group of thousands.
        assert_eq!(
            [read("1234.567", 2), read("0.001", 2), read("5.0000", 2)].map(|read| read == Err(Wrong::Places)),
            [true; 3]
        );
        assert_eq!([read("0.5", 2), read("1234.567", 3)], [Ok(50), Ok(1_234_567)]);
    }

    /// Every way to read a text with up to three decimals, found by writing: which numbers are written like this by anybody.
    fn readings(text: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for mark in [None, Some('.'), Some(',')] {
            let halves: Vec<&str> = mark.map_or_else(|| vec![text], |mark| text.splitn(2, mark).collect());
            let (whole, part) = match (mark, halves.as_slice()) {
                (None, [whole]) => (*whole, ""),
                (Some(_), [whole, part]) if part.bytes().all(|byte| byte.is_ascii_digit()) => (*whole, *part),
                _ => continue,
            };
            for separator in [None, Some('.'), Some(','), Some('\''), Some(' ')] {
                if separator.is_some() && separator == mark {
                    continue;
                }
                let digits: String = whole.chars().filter(|sign| Some(*sign) != separator).collect();
                let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                let zero = separator.is_some() && whole.len() > digits.len() && digits.starts_with('0');
                if plain && !zero && written(&digits, separator.filter(|_| whole.len() > digits.len())) == whole {
                    all.push((digits, part.to_owned()));
                }
            }
        }
        all.sort();
        all.dedup();
        all
    }

    fn written(digits: &str, separator: Option<char>) -> String {
        let groups: Vec<String> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| group.iter().map(|byte| char::from(*byte)).collect())
            .collect();
        separator.map_or_else(|| digits.to_owned(), |separator| groups.join(&separator.to_string()))
    }

    proptest! {
        #[test]
        fn n1_every_amount_reads_back_in_either_style(minor in 0..=1_000_000_000_000_i64, style in 0_usize..10, places in prop::sample::select(vec![0_usize, 2, 3])) {
            let digits = format!("{minor:0>width$}", width = places + 1);
            let (whole, part) = digits.split_at(digits.len() - places);
            let (mark, other) = if style % 2 == 0 { ('.', ',') } else { (',', '.') };
            let separator = [None, Some(other), Some('\''), Some(' '), Some('\u{a0}')][style / 2];
            let mut text = written(whole, separator);
            if places > 0 {
                text = format!("{text}{mark}{part}");
            }
            let read = read(&text, places);
            // A comma before three decimals, and no other mark that would tell what it is.
            let unclear = places == 3 && mark == ',' && whole.len() <= 3 && whole != "0";
            prop_assert!(if unclear { matches!(read, Err(Wrong::TwoWays { .. })) } else { read == Ok(minor) }, "{}: {:?}", text, read);
        }

        #[test]
        fn n1_no_text_is_read_that_has_two_readings(text in "[0-9]{1,4}([., '][0-9]{0,4}){0,3}", places in prop::sample::select(vec![0_usize, 2, 3])) {
            let all = readings(&text);
            match read(&text, places) {
                Ok(number) => {
                    let counted: Vec<_> = all.iter().filter(|(_, part)| part.len() <= places).map(|(whole, part)| count(whole, part, places)).collect();
                    prop_assert!(counted.contains(&Ok(number)), "{}: {:?}", text, all);
                    let alone = all.iter().filter(|(_, part)| places > 0 || part.is_empty()).count() == 1;
                    prop_assert!(alone || (places == 3 && text.contains('.')), "{}: {:?}", text, all);
                }
                Err(Wrong::TwoWays { .. }) => prop_assert_eq!(all.len(), 2),
                Err(Wrong::NoNumber) => prop_assert!(all.is_empty(), "{}: {:?}", text, all),
                Err(_) => prop_assert!(!all.is_empty()),
            }
        }
    }
}
