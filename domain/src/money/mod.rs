//! Money: integer minor units with an ISO 4217 currency; percentages are basis points (P5).

pub(crate) mod code;
mod reading;
mod sums;
mod typed;

use std::fmt;

pub use iso_currency::Currency;
use serde::{Deserialize, Serialize};
pub use sums::AmountError;
pub use typed::currency;

/// An amount of one currency in its minor units, for example cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents of a euro, whole yen.
    pub minor: i64,
    /// The currency, which also knows how many decimals are shown.
    #[serde(with = "code")]
    pub currency: Currency,
}

impl Money {
    /// An amount of `minor` units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in that currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// `quantity` times this amount; `None` when that is more than can be counted.
    pub fn times(self, quantity: u32) -> Option<Self> {
        Some(Self::new(self.minor.checked_mul(i64::from(quantity))?, self.currency))
    }

    /// What is left after `off`, rounded half up to the minor unit (P5).
    pub fn less(self, off: BasisPoints) -> Self {
        let kept = i128::from(self.minor) * i128::from(BasisPoints::WHOLE - off.0);
        Self::new(sums::half_up(kept, i128::from(BasisPoints::WHOLE)), self.currency)
    }

    /// The figures alone, where the currency is said beside them: `3,412.50`.
    pub fn figures(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        format!("{sign}{}", self.unsigned())
    }

    fn unsigned(self) -> String {
        let decimals = usize::from(self.currency.exponent().unwrap_or(0));
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        match digits.split_at(digits.len() - decimals) {
            (whole, "") => grouped(whole),
            (whole, part) => format!("{}.{part}", grouped(whole)),
        }
    }
}

impl fmt::Display for Money {
    /// As on screen: `€ 3,412.50`, `JPY` amounts without decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        write!(f, "{sign}{} {}", self.currency.symbol(), self.unsigned())
    }
}

/// Digits in groups of three from the right, `1,234,567`.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Hundredths of a percent, 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BasisPoints(u16);

impl BasisPoints {
    const WHOLE: u16 = 10_000;

    /// `points` hundredths of a percent; `None` above 100 %.
    pub const fn new(points: u16) -> Option<Self> {
        if points <= Self::WHOLE { Some(Self(points)) } else { None }
    }

    /// The number of hundredths of a percent.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for BasisPoints {
    /// `30 %`, `12.5 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole} %"),
            _ if part % 10 == 0 => write!(f, "{whole}.{} %", part / 10),
            _ => write!(f, "{whole}.{part:02} %"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn p5_amounts_are_shown_with_the_decimals_of_their_currency() {
        let shown = |minor, currency| Money::new(minor, currency).to_string();
        assert_eq!(shown(341_250, Currency::EUR), "€ 3,412.50");
        assert_eq!(shown(5, Currency::EUR), "€ 0.05");
        assert_eq!(shown(-123, Currency::EUR), "-€ 1.23");
        assert_eq!(shown(1_234_567, Currency::JPY), "¥ 1,234,567");
        assert!(shown(1_234, Currency::KWD).ends_with(" 1.234"));
        assert_eq!(Money::new(-341_250, Currency::EUR).figures(), "-3,412.50");
        assert_eq!(Money::new(341_250, Currency::JPY).figures(), "341,250");
    }

    #[test]
    fn p5_half_a_cent_rounds_up() {
        let off = BasisPoints::new(5_000).expect("50 %");
        assert_eq!(Money::new(1, Currency::EUR).less(off).minor, 1);
        assert_eq!(Money::new(3, Currency::EUR).less(off).minor, 2);
        let third = BasisPoints::new(3_000).expect("30 %");
        assert_eq!(Money::new(9_999, Currency::EUR).less(third).minor, 6_999);
    }

    #[test]
    fn percentages_read_as_people_write_them() {
        let shown = |points| BasisPoints::new(points).expect("a percentage").to_string();
        assert_eq!([shown(3_000), shown(1_250), shown(1_225)], ["30 %", "12.5 %", "12.25 %"]);
        assert_eq!(BasisPoints::new(10_001), None);
    }

    proptest! {
        #[test]
        fn p5_a_discount_never_gives_more_than_the_price_nor_less_than_nothing(minor in 0..i64::MAX, points in 0u16..=10_000) {
            let price = Money::new(minor, Currency::EUR);
            let less = price.less(BasisPoints::new(points).expect("in range"));
            prop_assert!((0..=minor).contains(&less.minor));
        }
    }
}
