//! Amounts and percentages as people type them.

use super::{BasisPoints, Currency, Money};

/// The largest amount that a form takes, in minor units; a thousand of them can still be counted.
const MOST: i64 = 1_000_000_000_000;

/// The currency of a code in three letters.
///
/// # Errors
/// A sentence for the field.
pub fn currency(typed: &str) -> Result<Currency, String> {
    let code = typed.trim().to_ascii_uppercase();
    let known = Currency::from_code(&code).filter(|currency| currency.exponent().is_some());
    known.ok_or_else(|| "Enter the three letters of a currency, for example EUR.".to_owned())
}

impl Money {
    /// An amount that is not negative, as somebody typed it: `139.30`.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed(typed: &str, currency: Currency) -> Result<Self, String> {
        let places = currency.exponent().unwrap_or(0);
        let example = Self::new(13_930, currency).plain();
        let minor = decimal(typed, places).map_err(|wrong| match wrong {
            Wrong::NoNumber => format!("Enter an amount like {example}, with a point and nothing else."),
            Wrong::Negative => "A price cannot be below nothing.".to_owned(),
            Wrong::Places if places == 0 => format!("{} has no decimals.", currency.code()),
            Wrong::Places => format!("{} has {places} decimals, not more.", currency.code()),
            Wrong::TooMuch => too_much(currency),
        })?;
        if minor > MOST { Err(too_much(currency)) } else { Ok(Self::new(minor, currency)) }
    }

    /// The amount as it is typed: `1234.50`.
    pub fn plain(self) -> String {
        let places = usize::from(self.currency.exponent().unwrap_or(0));
        plain(self.minor, places)
    }
}

impl BasisPoints {
    /// A percentage as somebody typed it: `30`, `12.5`, `12.25 %`.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed(typed: &str) -> Result<Self, String> {
        let number = typed.trim().trim_end_matches('%');
        let points = decimal(number, 2).map_err(|wrong| match wrong {
            Wrong::NoNumber => "Enter a percentage like 30 or 12.5.".to_owned(),
            Wrong::Negative => "A percentage cannot be below nothing.".to_owned(),
            Wrong::Places => "A percentage has two decimals, not more.".to_owned(),
            Wrong::TooMuch => NOT_OVER_100.to_owned(),
        })?;
        u16::try_from(points).ok().and_then(Self::new).ok_or_else(|| NOT_OVER_100.to_owned())
    }

    /// The percentage as it is typed: `12.5`.
    pub fn plain(self) -> String {
        self.to_string().trim_end_matches(" %").to_owned()
    }
}

const NOT_OVER_100: &str = "A percentage cannot be over 100.";

fn too_much(currency: Currency) -> String {
    format!("Enter {} at most.", Money::new(MOST, currency))
}

enum Wrong {
    NoNumber,
    Negative,
    Places,
    TooMuch,
}

/// A number with up to so many decimals, as a count of its last one.
fn decimal(typed: &str, places: u16) -> Result<i64, Wrong> {
    let typed = typed.trim();
    let digits = typed.strip_prefix(['-', '\u{2212}']);
    let (whole, part) = digits.unwrap_or(typed).split_once('.').unwrap_or((digits.unwrap_or(typed), ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !are_digits(whole) || !are_digits(part) {
        return Err(Wrong::NoNumber);
    }
    if digits.is_some() {
        return Err(Wrong::Negative);
    }
    let part = part.trim_end_matches('0');
    let missing = usize::from(places).checked_sub(part.len()).ok_or(Wrong::Places)?;
    format!("{whole}{part}{}", "0".repeat(missing)).parse().map_err(|_| Wrong::TooMuch)
}

fn plain(number: i64, places: usize) -> String {
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if number < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euros(typed: &str) -> Result<i64, String> {
        Money::typed(typed, Currency::EUR).map(|money| money.minor)
    }

    #[test]
    fn p5_an_amount_is_read_with_the_decimals_of_its_currency() {
        assert_eq!(euros(" 139.30 "), Ok(13_930));
        assert_eq!(euros("139.3"), Ok(13_930));
        assert_eq!(euros("139."), Ok(13_900));
        assert_eq!(euros("0"), Ok(0));
        assert_eq!(euros("5.000"), Ok(500));
        assert_eq!(Money::typed("1500", Currency::JPY).map(|money| money.minor), Ok(1_500));
        assert_eq!(Money::typed("1.234", Currency::KWD).map(|money| money.minor), Ok(1_234));
    }

    #[test]
    fn x3_an_amount_that_is_none_is_refused_with_the_reason() {
        let like = "Enter an amount like 139.30, with a point and nothing else.";
        for wrong in ["", "abc", "1,50", "1 000", ".50", "1.2.3", "1e3", "٣", "€ 5", "+5"] {
            assert_eq!(euros(wrong), Err(like.to_owned()), "{wrong:?}");
        }
        assert_eq!(euros("-0.01"), Err("A price cannot be below nothing.".to_owned()));
        assert_eq!(euros("\u{2212}5"), Err("A price cannot be below nothing.".to_owned()));
        assert_eq!(euros("1.999"), Err("EUR has 2 decimals, not more.".to_owned()));
        assert_eq!(Money::typed("1.5", Currency::JPY), Err("JPY has no decimals.".to_owned()));
        let too_much = Err("Enter € 10,000,000,000.00 at most.".to_owned());
        assert_eq!(euros("10000000000"), Ok(MOST));
        assert_eq!(euros("10000000000.01"), too_much);
        assert_eq!(euros(&"9".repeat(400)), too_much);
    }

    #[test]
    fn x3_a_percentage_over_100_or_with_three_decimals_is_refused() {
        let read = |typed| BasisPoints::typed(typed).map(BasisPoints::get);
        assert_eq!(
            [read("30"), read("12.5 %"), read("12.25%"), read("100")],
            [Ok(3_000), Ok(1_250), Ok(1_225), Ok(10_000)]
        );
        assert_eq!(read("100.01"), Err("A percentage cannot be over 100.".to_owned()));
        assert_eq!(read("99999999999999999999"), Err("A percentage cannot be over 100.".to_owned()));
        assert_eq!(read("12.345"), Err("A percentage has two decimals, not more.".to_owned()));
        assert_eq!(read("-1"), Err("A percentage cannot be below nothing.".to_owned()));
        assert_eq!(read("a third"), Err("Enter a percentage like 30 or 12.5.".to_owned()));
    }

    #[test]
    fn a_currency_is_three_letters_that_money_is_counted_in() {
        assert_eq!(currency(" eur "), Ok(Currency::EUR));
        for wrong in ["", "E", "EURO", "€", "ABC"] {
            assert!(currency(wrong).is_err(), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn p5_what_is_shown_in_a_field_is_read_as_the_same(minor in 0..=MOST, points in 0u16..=10_000) {
            for currency in [Currency::EUR, Currency::JPY, Currency::KWD] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::typed(&money.plain(), currency), Ok(money));
            }
            let off = BasisPoints::new(points).expect("in range");
            prop_assert_eq!(BasisPoints::typed(&off.plain()), Ok(off));
        }
    }
}
