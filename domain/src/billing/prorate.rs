//! Proration: what some days of a period cost, so that the parts of a period always sum to the whole (B1, B2).

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Period;
use crate::Money;

/// Days of a period, for which something is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    days: Period,
    of: Period,
}

impl Part {
    /// All days of a period.
    pub const fn whole(of: Period) -> Self {
        Self { days: of, of }
    }

    /// The days from `day` on, that day included (B1); `None` when it is no day of the period.
    pub fn rest(of: Period, day: NaiveDate) -> Option<Self> {
        of.contains(day).then_some(Self { days: Period { start: day, end: of.end }, of })
    }

    /// The days up to `day` and those from it on; `None` when one of the two would have none.
    pub fn cut(self, day: NaiveDate) -> Option<(Self, Self)> {
        let (before, after) = (Period { end: day, ..self.days }, Period { start: day, ..self.days });
        let cuts = self.days.start < day && day < self.days.end;
        cuts.then_some((Self { days: before, ..self }, Self { days: after, ..self }))
    }

    /// The days that are charged.
    pub const fn days(self) -> Period {
        self.days
    }

    /// The period to which they belong.
    pub const fn of(self) -> Period {
        self.of
    }

    /// Whether these are all days of the period.
    pub fn is_whole(self) -> bool {
        self.days == self.of
    }

    /// What these days cost when the whole period costs `whole`, in minor units (P5). What is left of a period from a
    /// day on is rounded half up; days in between are the difference of two such. So the first charge of an order is
    /// days by days of the period, and however a period is cut, its parts sum to the whole.
    pub fn price(self, whole: Money) -> Money {
        let left = |from: NaiveDate| whole.fraction(Period { start: from, ..self.of }.days(), self.of.days());
        Money::new(left(self.days.start).minor - left(self.days.end).minor, whole.currency)
    }
}

impl fmt::Display for Part {
    /// As the screen explains it: `22 of 31 days, 10 Jan 2026 to 31 Jan 2026`, or only the days of a whole period.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_whole() {
            write!(f, "{} of {} days, ", self.days.days(), self.of.days())?;
        }
        self.days.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Currency,
        accounts::BillingDay,
        billing::{
            Cycle, Every,
            cycle::tests::{billing_days, day, days, every},
        },
    };

    fn first(billing_day: BillingDay, ordered: &str) -> Part {
        let ordered = day(ordered);
        let cycle = Cycle::of_billing_day(Every::Month, billing_day, ordered, ordered);
        Part::rest(cycle.period_of(ordered).expect("a period"), ordered).expect("a day of it")
    }

    #[test]
    fn b1_the_first_charge_is_for_the_days_of_the_cycle_with_the_day_of_the_order() {
        for (ordered, shown, minor) in [
            ("2026-01-10", "22 of 31 days, 10 Jan 2026 to 31 Jan 2026", 7_097),
            ("2026-04-10", "21 of 30 days, 10 Apr 2026 to 30 Apr 2026", 7_000),
            ("2026-07-09", "23 of 31 days, 9 Jul 2026 to 31 Jul 2026", 7_419),
            ("2026-07-31", "1 of 31 days, 31 Jul 2026", 323),
            ("2028-02-29", "1 of 29 days, 29 Feb 2028", 345),
            ("2026-07-01", "1 Jul 2026 to 31 Jul 2026", 10_000),
        ] {
            let part = first(BillingDay::First, ordered);
            let price = part.price(Money::new(10_000, Currency::EUR)).minor;
            assert_eq!((part.to_string().as_str(), price), (shown, minor));
        }
    }

    #[test]
    fn b1_ordered_on_a_billing_day_that_clamps_is_a_full_cycle() {
        for (billing_day, ordered) in [
            (BillingDay::Last, "2026-02-28"),
            (BillingDay::Fixed(31), "2026-04-30"),
            (BillingDay::Fixed(29), "2026-02-28"),
            (BillingDay::FirstOrder, "2026-02-28"),
        ] {
            assert!(first(billing_day, ordered).is_whole(), "{billing_day:?}");
        }
    }

    #[test]
    fn b1_a_year_is_prorated_by_its_days() {
        let ordered = day("2026-01-10");
        let cycle = Cycle::of_billing_day(Every::Year, BillingDay::First, ordered, ordered);
        let part = Part::rest(cycle.period_of(ordered).expect("a period"), ordered).expect("a day of it");
        assert_eq!(part.to_string(), "356 of 365 days, 10 Jan 2026 to 31 Dec 2026");
        assert_eq!(part.price(Money::new(36_500, Currency::EUR)).minor, 35_600);
    }

    #[test]
    fn p5_currencies_without_decimals_and_with_three_and_huge_prices_are_prorated_alike() {
        let part = first(BillingDay::First, "2026-01-10");
        assert_eq!(part.price(Money::new(1_000, Currency::JPY)), Money::new(710, Currency::JPY));
        assert_eq!(part.price(Money::new(1_000, Currency::KWD)), Money::new(710, Currency::KWD));
        assert_eq!(part.price(Money::zero(Currency::EUR)), Money::zero(Currency::EUR));
        assert!((0..i64::MAX).contains(&part.price(Money::new(i64::MAX, Currency::EUR)).minor));
    }

    #[test]
    fn b2_a_day_outside_the_period_has_no_part_in_it() {
        let part = first(BillingDay::First, "2026-01-10");
        assert_eq!(Part::rest(part.of(), day("2026-02-01")), None);
        assert_eq!(Part::rest(part.of(), day("2025-12-31")), None);
        assert_eq!(part.cut(day("2026-01-10")), None);
        assert_eq!(part.cut(day("2026-02-01")), None);
    }

    proptest! {
        #[test]
        fn b1_a_period_cut_at_any_days_sums_to_the_whole(
            ordered in days(), billing_day in billing_days(), every in every(), minor in 0..=i64::MAX,
            cuts in proptest::collection::btree_set(0u64..366, 0..40),
        ) {
            let period = Cycle::of_billing_day(every, billing_day, ordered, ordered).period_of(ordered).expect("a period");
            let whole = Money::new(minor, Currency::EUR);
            let (mut sum, mut left) = (0, Part::whole(period));
            for cut in cuts {
                let Some((part, rest)) = left.cut(period.start + chrono::Days::new(cut)) else { continue };
                let price = part.price(whole).minor;
                prop_assert!((0..=minor).contains(&price));
                (sum, left) = (sum + price, rest);
            }
            prop_assert_eq!(sum + left.price(whole).minor, minor);
        }

        #[test]
        fn b1_what_is_left_from_a_day_on_is_rounded_half_up(ordered in days(), minor in 0..1_000_000_000_000i64) {
            let cycle = Cycle::of_billing_day(Every::Month, BillingDay::First, ordered, ordered);
            let part = Part::rest(cycle.period_of(ordered).expect("a period"), ordered).expect("a day of it");
            let (days, of) = (i64::from(part.days().days()), i64::from(part.of().days()));
            let price = part.price(Money::new(minor, Currency::EUR)).minor;
            prop_assert_eq!(price, (2 * minor * days + of) / (2 * of));
        }
    }
}
