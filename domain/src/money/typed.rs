//! Amounts and percentages as people type them.

use super::{
    BasisPoints, Currency, Money,
    reading::{self, Wrong},
};

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
    /// An amount that is not negative, as somebody typed it: `139.30`, `139,30`, `1,139.30` (N1).
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed(typed: &str, currency: Currency) -> Result<Self, String> {
        match sign(typed.trim()) {
            // What is no number at all is told so, also with a sign.
            (true, number) => {
                Self::unsigned_typed(number, currency).and(Err("An amount cannot be below nothing.".to_owned()))
            }
            (false, number) => Self::unsigned_typed(number, currency),
        }
    }

    /// The same of a price.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed_price(typed: &str, currency: Currency) -> Result<Self, String> {
        match sign(typed.trim()) {
            (true, number) => {
                Self::unsigned_typed(number, currency).and(Err("A price cannot be below nothing.".to_owned()))
            }
            (false, number) => Self::unsigned_typed(number, currency),
        }
    }

    /// The same of money that may also have gone out: `-5.95`, `+12.00`.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed_signed(typed: &str, currency: Currency) -> Result<Self, String> {
        let (negative, number) = sign(typed.trim());
        let number = if negative { number } else { number.strip_prefix('+').unwrap_or(number) };
        let amount = Self::unsigned_typed(number, currency)?;
        Ok(if negative { Self::new(-amount.minor, currency) } else { amount })
    }

    fn unsigned_typed(typed: &str, currency: Currency) -> Result<Self, String> {
        let places = usize::from(currency.exponent().unwrap_or(0));
        let minor = reading::read(typed, places).map_err(|wrong| match wrong {
            Wrong::NoNumber => like(currency),
            Wrong::Places if places == 0 => format!("{} has no decimals.", currency.code()),
            Wrong::Places => format!("{} has {places} decimals, not more.", currency.code()),
            Wrong::TwoWays { thousands, whole, part } => two_ways(&thousands, &whole, &part, places),
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

/// Whether it is below nothing, and the rest of it.
fn sign(typed: &str) -> (bool, &str) {
    typed.strip_prefix(['-', '\u{2212}']).map_or((false, typed), |number| (true, number.trim_start()))
}

fn like(currency: Currency) -> String {
    let example = Money::new(13_930, currency).plain();
    match example.contains('.') {
        true => format!("Enter an amount like {example} or {}.", example.replace('.', ",")),
        false => format!("Enter an amount like {example}."),
    }
}

/// N1: both readings, each as it can be written without a doubt.
fn two_ways(thousands: &str, whole: &str, part: &str, places: usize) -> String {
    let (kept, beyond) = part.split_at(places.min(part.len()));
    let decimal = format!("{whole}.{kept:0<places$}");
    match beyond.bytes().all(|digit| digit == b'0') {
        true => format!("This can be read in two ways. Write {thousands} or {decimal}."),
        false => {
            format!("This can be read in two ways. Write {thousands} or, with {places} decimals at most, {decimal}.")
        }
    }
}

impl BasisPoints {
    /// A percentage as somebody typed it: `30`, `12.5`, `12,25 %`.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn typed(typed: &str) -> Result<Self, String> {
        let (negative, number) = sign(typed.trim().trim_end_matches('%').trim_end());
        let points = reading::read_small(number, 2).map_err(|wrong| match wrong {
            Wrong::NoNumber | Wrong::TwoWays { .. } => "Enter a percentage like 30 or 12.5.".to_owned(),
            Wrong::Places => "A percentage has two decimals, not more.".to_owned(),
            Wrong::TooMuch => NOT_OVER_100.to_owned(),
        })?;
        if negative {
            return Err("A percentage cannot be below nothing.".to_owned());
        }
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
        assert_eq!(
            [euros("139,30"), euros("1'500.00"), euros("1.500,00"), euros("1 000")],
            [Ok(13_930), Ok(150_000), Ok(150_000), Ok(100_000)]
        );
        assert_eq!(Money::typed("1500", Currency::JPY).map(|money| money.minor), Ok(1_500));
        assert_eq!(Money::typed("1.234", Currency::KWD).map(|money| money.minor), Ok(1_234));
    }

    #[test]
    fn x3_an_amount_that_is_none_is_refused_with_the_reason() {
        let like = "Enter an amount like 139.30 or 139,30.";
        for wrong in ["", "abc", "-", "-abc", ".50", "1.2.3", "1e3", "٣", "€ 5", "+5"] {
            assert_eq!(euros(wrong), Err(like.to_owned()), "{wrong:?}");
        }
        assert_eq!(Money::typed("a", Currency::JPY), Err("Enter an amount like 13930.".to_owned()));
        assert_eq!(euros("-0.01"), Err("An amount cannot be below nothing.".to_owned()));
        assert_eq!(euros("\u{2212}5"), Err("An amount cannot be below nothing.".to_owned()));
        let price = |typed| Money::typed_price(typed, Currency::EUR).map(|money| money.minor);
        assert_eq!([price("-0.01"), price("70,00")], [Err("A price cannot be below nothing.".to_owned()), Ok(7_000)]);
        assert_eq!(euros("1.9990"), Err("EUR has 2 decimals, not more.".to_owned()));
        assert_eq!(Money::typed("1.5", Currency::JPY), Err("JPY has no decimals.".to_owned()));
        let too_much = Err("Enter € 10,000,000,000.00 at most.".to_owned());
        assert_eq!(euros("10000000000"), Ok(MOST));
        assert_eq!(euros("10000000000.01"), too_much);
        assert_eq!(euros(&"9".repeat(400)), too_much);
    }

    #[test]
    fn n1_both_readings_are_named_of_what_can_be_read_in_two_ways() {
        let refused = |typed, currency| Money::typed(typed, currency).expect_err(typed);
        assert_eq!(refused("5.000", Currency::EUR), "This can be read in two ways. Write 5000 or 5.00.");
        assert_eq!(refused("12,500", Currency::EUR), "This can be read in two ways. Write 12500 or 12.50.");
        assert_eq!(
            refused("1,234", Currency::EUR),
            "This can be read in two ways. Write 1234 or, with 2 decimals at most, 1.23."
        );
        assert_eq!(refused("5,000", Currency::KWD), "This can be read in two ways. Write 5000 or 5.000.");
        assert_eq!(Money::typed("5.000", Currency::JPY).map(|money| money.minor), Ok(5_000));
    }

    #[test]
    fn n1_only_money_that_may_go_out_has_a_sign() {
        let read = |typed| Money::typed_signed(typed, Currency::EUR).map(|money| money.minor);
        assert_eq!(
            [read("-5,95"), read("\u{2212}1.234,00"), read("+12.00"), read("3")],
            [Ok(-595), Ok(-123_400), Ok(1_200), Ok(300)]
        );
        assert!(["--5", "+-5", "-+5", "5-", "-"].iter().all(|wrong| read(wrong).is_err()));
    }

    #[test]
    fn x3_a_percentage_over_100_or_with_three_decimals_is_refused() {
        let read = |typed| BasisPoints::typed(typed).map(BasisPoints::get);
        assert_eq!(
            [read("30"), read("12.5 %"), read("12,25%"), read("100")],
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
