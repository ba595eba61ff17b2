//! A charge: what so many licenses cost for some days, with the tax, and how the screen explains it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Part, Schedule, Taxed};
use crate::{BasisPoints, Money, money::AmountError};

/// What one line of an order, or one period of a subscription, is charged. The preview and the charge are made by the
/// same two functions, so they cannot differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    quantity: u32,
    unit: Money,
    part: Option<Part>,
    rate: BasisPoints,
    amount: Taxed,
}

impl Charge {
    /// What is charged once: `quantity` at `unit` each, and the tax of the account's rate on it.
    ///
    /// # Errors
    /// [`AmountError::Negative`], [`AmountError::TooLarge`].
    pub fn once(unit: Money, quantity: u32, rate: BasisPoints) -> Result<Self, AmountError> {
        let net = price_of(unit, quantity)?;
        Ok(Self { quantity, unit, part: None, rate, amount: Taxed::at(net, rate)? })
    }

    /// What is charged for a part of a subscription's period (B1); `unit` is the price of one for a whole period. The
    /// line is rounded, not each license (P5).
    ///
    /// # Errors
    /// [`AmountError::Negative`], [`AmountError::TooLarge`].
    pub fn of_part(
        schedule: &Schedule,
        part: Part,
        unit: Money,
        quantity: u32,
        rate: BasisPoints,
    ) -> Result<Self, AmountError> {
        let amount = Taxed::at(schedule.price(part, price_of(unit, quantity)?), rate)?;
        Ok(Self { quantity, unit, part: Some(part), rate, amount })
    }

    /// A charge that was made before, with the amounts that were reckoned then: nothing is reckoned anew.
    pub const fn made_before(quantity: u32, unit: Money, part: Option<Part>, rate: BasisPoints, amount: Taxed) -> Self {
        Self { quantity, unit, part, rate, amount }
    }

    /// How many licenses it is for.
    pub const fn quantity(&self) -> u32 {
        self.quantity
    }

    /// The price of one: at once, or for a whole period.
    pub const fn unit(&self) -> Money {
        self.unit
    }

    /// The days it pays for; `None` for what is charged once.
    pub const fn part(&self) -> Option<Part> {
        self.part
    }

    /// The rate of the tax.
    pub const fn rate(&self) -> BasisPoints {
        self.rate
    }

    /// What it comes to.
    pub const fn amount(&self) -> Taxed {
        self.amount
    }

    /// What each license is charged; they sum to the line, and differ by one minor unit at most (P5).
    pub fn each(&self) -> Vec<Taxed> {
        self.amount.split(self.quantity)
    }
}

fn price_of(unit: Money, quantity: u32) -> Result<Money, AmountError> {
    match unit.minor {
        ..0 => Err(AmountError::Negative),
        _ => unit.times(quantity).ok_or(AmountError::TooLarge),
    }
}

impl fmt::Display for Charge {
    /// How the net amount comes about: `10 × € 139.30, 22 of 31 days, 10 Jan 2026 to 31 Jan 2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} \u{d7} {}", self.quantity, self.unit)?;
        self.part.map_or(Ok(()), |part| write!(f, ", {part}"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Currency,
        accounts::PartialInvoicing,
        billing::{
            Cycle, Every, Proration, Timing,
            cycle::tests::{day, days},
        },
    };

    const PRICE: Money = Money::new(13_930, Currency::EUR);

    pub(crate) fn percent(points: u16) -> BasisPoints {
        BasisPoints::new(points).expect("a rate")
    }

    fn schedule(ordered: chrono::NaiveDate) -> Schedule {
        Schedule {
            cycle: Cycle::of_billing_day(Every::Month, crate::accounts::BillingDay::First, ordered, ordered),
            starts: ordered,
            ends: None,
            timing: Timing::Advance,
            proration: Proration::PerDay,
            partial: PartialInvoicing::OrderDay,
        }
    }

    #[test]
    fn b1_a_charge_explains_itself() {
        let schedule = schedule(day("2026-01-10"));
        let first = schedule.first().expect("a first part");
        let charge = Charge::of_part(&schedule, first, PRICE, 10, percent(1_900)).expect("countable");
        assert_eq!(charge.to_string(), "10 \u{d7} € 139.30, 22 of 31 days, 10 Jan 2026 to 31 Jan 2026");
        assert_eq!((charge.amount().net().minor, charge.amount().tax().minor), (98_858, 18_783));
        let once = Charge::once(PRICE, 3, percent(0)).expect("countable");
        assert_eq!((once.to_string().as_str(), once.amount().gross().minor), ("3 \u{d7} € 139.30", 41_790));
    }

    #[test]
    fn p5_a_free_one_costs_nothing_and_a_huge_or_negative_one_is_refused() {
        assert_eq!(Charge::once(Money::new(-1, Currency::EUR), 1, percent(0)), Err(AmountError::Negative));
        let free = Charge::once(Money::zero(Currency::EUR), 1_000, percent(1_900)).expect("countable");
        assert_eq!(free.amount(), Taxed::zero(Currency::EUR));
        assert_eq!(Charge::once(Money::new(i64::MAX, Currency::EUR), 2, percent(0)), Err(AmountError::TooLarge));
        assert_eq!(Charge::once(Money::new(i64::MAX, Currency::EUR), 1, percent(1)), Err(AmountError::TooLarge));
    }

    proptest! {
        #[test]
        fn p5_the_licenses_of_a_line_sum_to_it(
            ordered in days(), minor in 0..1_000_000_000i64, quantity in 1u32..=1_000, points in 0u16..=10_000,
        ) {
            let schedule = schedule(ordered);
            let first = schedule.first().expect("a first part");
            let unit = Money::new(minor, Currency::EUR);
            let charge = Charge::of_part(&schedule, first, unit, quantity, percent(points)).expect("countable");
            prop_assert_eq!(charge.each().len(), quantity as usize);
            prop_assert_eq!(Taxed::sum(Currency::EUR, charge.each()), Ok(charge.amount()));
        }
    }
}
