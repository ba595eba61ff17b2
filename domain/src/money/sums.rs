//! Sums and parts of money: checked, never wrapped, and nothing is lost between the parts and the whole (P5).

use super::{BasisPoints, Currency, Money};

/// Why an amount cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Two currencies do not add up.
    #[error("Amounts in {} and in {} cannot be put together. Keep to one currency.", one.code(), other.code())]
    Mixed {
        /// The currency of the first amount.
        one: Currency,
        /// The currency of the other.
        other: Currency,
    },
    /// A price below nothing.
    #[error("A price cannot be below nothing.")]
    Negative,
    /// More than can be counted.
    #[error("This comes to more than can be counted. Lower the quantity or the amount.")]
    TooLarge,
}

impl Money {
    /// Both together.
    ///
    /// # Errors
    /// [`AmountError`] for two currencies, or a sum that cannot be counted.
    pub fn plus(self, other: Self) -> Result<Self, AmountError> {
        self.counted(other, i64::checked_add)
    }

    /// What is left without the other; below nothing when the other is more.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, AmountError> {
        self.counted(other, i64::checked_sub)
    }

    /// The same amount the other way: what a credit note gives of a charge.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`] for the one amount that has no opposite.
    pub fn opposite(self) -> Result<Self, AmountError> {
        Self::zero(self.currency).minus(self)
    }

    /// All of them together, in that currency; nothing for none.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, AmountError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// So many percent of it, rounded half up to the minor unit (P5): a tax, a floor.
    pub fn share(self, percent: BasisPoints) -> Self {
        self.fraction(u32::from(percent.get()), u32::from(BasisPoints::WHOLE))
    }

    /// `parts` of `of` equal parts, rounded half up to the minor unit (P5); never more than the whole. Nothing, where
    /// there are no parts.
    pub fn fraction(self, parts: u32, of: u32) -> Self {
        let minor = match of {
            0 => 0,
            _ => half_up(i128::from(self.minor) * i128::from(parts.min(of)), i128::from(of)),
        };
        Self::new(minor, self.currency)
    }

    /// The amount in so many parts that differ by one minor unit at most and sum to it (P5), the larger ones first.
    pub fn split(self, parts: u32) -> Vec<Self> {
        let of = i64::from(parts.max(1));
        let (each, rest) = (self.minor.div_euclid(of), self.minor.rem_euclid(of));
        (0..i64::from(parts)).map(|at| Self::new(each + i64::from(at < rest), self.currency)).collect()
    }

    /// Whether it is more than nothing.
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    fn counted(self, other: Self, sum: impl Fn(i64, i64) -> Option<i64>) -> Result<Self, AmountError> {
        if self.currency != other.currency {
            return Err(AmountError::Mixed { one: self.currency, other: other.currency });
        }
        let minor = sum(self.minor, other.minor).ok_or(AmountError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }
}

/// A fraction that is not larger than an `i64`, rounded half up.
pub(super) fn half_up(numerator: i128, denominator: i128) -> i64 {
    let rounded = (numerator * 2 + denominator).div_euclid(denominator * 2);
    i64::try_from(rounded).expect("a part of an i64 fits an i64")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn p5_two_currencies_do_not_add_up() {
        let mixed = euros(1).plus(Money::new(1, Currency::USD));
        assert_eq!(mixed, Err(AmountError::Mixed { one: Currency::EUR, other: Currency::USD }));
        assert_eq!(
            mixed.map_err(|error| error.to_string()),
            Err("Amounts in EUR and in USD cannot be put together. Keep to one currency.".to_owned())
        );
    }

    #[test]
    fn p5_what_cannot_be_counted_is_an_error_and_never_wraps() {
        let too_large = Err(AmountError::TooLarge);
        assert_eq!(euros(i64::MAX).plus(euros(1)), too_large);
        assert_eq!(euros(i64::MIN).minus(euros(1)), too_large);
        assert_eq!(euros(i64::MIN).opposite(), too_large);
        assert_eq!(Money::sum(Currency::EUR, [euros(i64::MAX), euros(i64::MAX), euros(i64::MIN)]), too_large);
        assert_eq!(Money::sum(Currency::JPY, []), Ok(Money::zero(Currency::JPY)));
        assert_eq!(euros(i64::MAX).fraction(7, 7), euros(i64::MAX));
        assert_eq!(euros(i64::MIN).fraction(u32::MAX, u32::MAX), euros(i64::MIN));
    }

    #[test]
    fn p5_a_part_is_rounded_half_up_in_every_currency() {
        for currency in [Currency::EUR, Currency::JPY, Currency::KWD] {
            let part = |minor, parts, of| Money::new(minor, currency).fraction(parts, of).minor;
            assert_eq!([part(1, 1, 2), part(1, 1, 3), part(2, 1, 3)], [1, 0, 1]);
            assert_eq!([part(3_100, 22, 31), part(3_100, 31, 31), part(3_100, 40, 31)], [2_200, 3_100, 3_100]);
            assert_eq!([part(5, 0, 31), part(5, 1, 0)], [0, 0]);
        }
        let tax = BasisPoints::new(1_900).expect("19 %");
        assert_eq!(euros(139_300).share(tax), euros(26_467));
    }

    #[test]
    fn p5_a_split_gives_the_cents_that_are_left_to_the_first() {
        assert_eq!(euros(1_000).split(3), [euros(334), euros(333), euros(333)]);
        assert_eq!(euros(2).split(3), [euros(1), euros(1), euros(0)]);
        assert_eq!(euros(-1_000).split(3), [euros(-333), euros(-333), euros(-334)]);
        assert_eq!(euros(5).split(0), []);
    }

    proptest! {
        #[test]
        fn p5_a_split_always_sums_to_the_whole_and_is_fair(minor in any::<i64>(), parts in 1u32..1_200) {
            let split = euros(minor).split(parts);
            let total: i128 = split.iter().map(|part| i128::from(part.minor)).sum();
            prop_assert_eq!(total, i128::from(minor));
            prop_assert_eq!(split.len(), parts as usize);
            let (most, least) = (split.first().map(|m| m.minor), split.last().map(|m| m.minor));
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most.abs_diff(least) <= 1));
        }

        #[test]
        fn p5_a_part_is_within_half_a_unit_of_the_truth(minor in any::<i64>(), of in 1u32..=366, parts in 0u32..=366) {
            let parts = parts.min(of);
            let exact = i128::from(minor) * i128::from(parts);
            let part = i128::from(euros(minor).fraction(parts, of).minor) * i128::from(of);
            prop_assert!((part - exact) * 2 <= i128::from(of) && (exact - part) * 2 < i128::from(of));
        }
    }
}
