//! An amount and the tax on it: what is owed is always both.

use serde::{Deserialize, Serialize};

use crate::{BasisPoints, Currency, Money, money::AmountError};

/// A net amount with its tax. Both are of one currency, and their sum can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxed {
    net: Money,
    tax: Money,
}

impl Taxed {
    /// An amount and the tax that was reckoned on it.
    ///
    /// # Errors
    /// [`AmountError`] for two currencies, or a sum that cannot be counted.
    pub fn new(net: Money, tax: Money) -> Result<Self, AmountError> {
        net.plus(tax).map(|_| Self { net, tax })
    }

    /// B5: an amount with the tax of that rate on it, rounded half up. This is done once for each line; what is made of
    /// it afterwards is split and added up, never rounded again.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn at(net: Money, rate: BasisPoints) -> Result<Self, AmountError> {
        Self::new(net, net.share(rate))
    }

    /// Nothing, in that currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { net: Money::zero(currency), tax: Money::zero(currency) }
    }

    /// Without tax.
    pub const fn net(self) -> Money {
        self.net
    }

    /// The tax alone.
    pub const fn tax(self) -> Money {
        self.tax
    }

    /// What has to be paid: both.
    pub const fn gross(self) -> Money {
        Money::new(self.net.minor + self.tax.minor, self.net.currency)
    }

    /// Both amounts of both.
    ///
    /// # Errors
    /// As [`Taxed::new`].
    pub fn plus(self, other: Self) -> Result<Self, AmountError> {
        Self::new(self.net.plus(other.net)?, self.tax.plus(other.tax)?)
    }

    /// The same the other way, to the unit: what a credit note says of a charge.
    ///
    /// # Errors
    /// As [`Taxed::new`].
    pub fn opposite(self) -> Result<Self, AmountError> {
        Self::new(self.net.opposite()?, self.tax.opposite()?)
    }

    /// This, or the other in whichever amount that is less.
    ///
    /// # Errors
    /// As [`Taxed::new`].
    pub fn at_most(self, other: Self) -> Result<Self, AmountError> {
        let least = |one: Money, most: Money| if one.minor < most.minor { one } else { most };
        Self::new(least(self.net, other.net), least(self.tax, other.tax))
    }

    /// All of them together, in that currency.
    ///
    /// # Errors
    /// As [`Taxed::new`].
    pub fn sum(currency: Currency, all: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        all.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// One share for each of so many licenses; they sum to the whole in both amounts (P5).
    pub fn split(self, parts: u32) -> Vec<Self> {
        let both = self.net.split(parts).into_iter().zip(self.tax.split(parts));
        both.map(|(net, tax)| Self { net, tax }).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn percent(points: u16) -> BasisPoints {
        BasisPoints::new(points).expect("a rate")
    }

    #[test]
    fn b5_the_tax_of_a_line_is_rounded_half_up_once_and_then_split() {
        let line = Taxed::at(euros(139_300), percent(1_900)).expect("countable");
        assert_eq!((line.tax(), line.gross()), (euros(26_467), euros(165_767)));
        let each = line.split(10);
        assert_eq!((each[0].tax(), each[9].tax()), (euros(2_647), euros(2_646)));
        assert_eq!(Taxed::sum(Currency::EUR, each), Ok(line));
        let yen = Taxed::at(Money::new(55, Currency::JPY), percent(1_000)).expect("countable");
        assert_eq!(yen.tax(), Money::new(6, Currency::JPY));
    }

    #[test]
    fn p5_a_tax_that_cannot_be_counted_is_an_error() {
        assert_eq!(Taxed::at(euros(i64::MAX), percent(1)), Err(AmountError::TooLarge));
        assert_eq!(Taxed::at(euros(i64::MAX), percent(0)).map(Taxed::gross), Ok(euros(i64::MAX)));
        assert_eq!(Taxed::new(euros(i64::MIN), euros(0)).and_then(Taxed::opposite), Err(AmountError::TooLarge));
        assert!(Taxed::new(euros(1), Money::zero(Currency::USD)).is_err());
    }

    proptest! {
        #[test]
        fn b5_an_amount_and_its_opposite_are_nothing_and_shares_sum_to_both(
            net in 0..1_000_000_000_000_000i64, points in 0u16..=10_000, parts in 1u32..=1_000,
        ) {
            let line = Taxed::at(euros(net), percent(points)).expect("countable");
            prop_assert_eq!(line.opposite().and_then(|back| back.plus(line)), Ok(Taxed::zero(Currency::EUR)));
            prop_assert_eq!(Taxed::sum(Currency::EUR, line.split(parts)), Ok(line));
        }
    }
}
