//! Cycles: the periods in which a subscription is charged, one after the other without gap or overlap (B1).

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{accounts::BillingDay, time, words::words};

words! {
    /// How long one period is.
    Every {
        /// A month.
        Month = "monthly", "per month";
        /// A year.
        Year = "yearly", "per year";
    }
}

impl Every {
    const fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Year => 12,
        }
    }
}

/// Calendar days of the account's time zone, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The day after the last: on it the next period starts.
    pub end: NaiveDate,
}

impl Period {
    /// How many days it has.
    pub fn days(self) -> u32 {
        u32::try_from((self.end - self.start).num_days()).unwrap_or(0)
    }

    /// The last day that belongs to it.
    pub fn last(self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.end)
    }

    /// Whether a day belongs to it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }
}

impl fmt::Display for Period {
    /// First and last day, `9 Jul 2026 to 31 Jul 2026`; a single day alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&time::day(self.start))?;
        if self.start < self.last() {
            write!(f, " to {}", time::day(self.last()))?;
        }
        Ok(())
    }
}

/// The periods of one subscription. It keeps the day that was agreed, not the one it was clamped to: after
/// 28 February comes 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// How long a period is.
    pub every: Every,
    /// The first day of the first period.
    pub start: NaiveDate,
    /// The day of the month on which periods start, 1 to 31; clamps to the month's end.
    pub day: u8,
}

impl Cycle {
    /// B2: periods that start on the day of the order.
    pub fn of_order(every: Every, ordered: NaiveDate) -> Self {
        Self { every, start: ordered, day: day_of_month(ordered) }
    }

    /// B1: periods that start on a billing day; the first of them is the one in which the order's day falls.
    /// `first_order` is the day of the account's first order.
    pub fn of_billing_day(every: Every, day: BillingDay, first_order: NaiveDate, ordered: NaiveDate) -> Self {
        let day = day.of_month(first_order);
        let this_month = clamped(month_of(ordered), day);
        let start = if this_month <= ordered { this_month } else { clamped(month_of(ordered) - 1, day) };
        Self { every, start, day }
    }

    /// The period in which a day falls; `None` before the first one.
    pub fn period_of(self, day: NaiveDate) -> Option<Period> {
        if day < self.start {
            return None;
        }
        let at = (month_of(day) - month_of(self.start)) / self.every.months();
        let at = if self.start_of(at) <= day { at } else { at - 1 };
        Some(Period { start: self.start_of(at), end: self.start_of(at + 1) })
    }

    /// All periods from the one on in which a day falls; none before the first one.
    pub fn periods_from(self, day: NaiveDate) -> impl Iterator<Item = Period> {
        let periods = std::iter::successors(self.period_of(day), move |period| self.period_of(period.end));
        periods.take_while(|period| period.days() > 0)
    }

    fn start_of(self, at: i64) -> NaiveDate {
        clamped(month_of(self.start) + at * self.every.months(), self.day)
    }
}

/// The months since the year 0, so that months can be counted on.
fn month_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// That day of a month, or the month's last; the end of the calendar for what lies beyond.
fn clamped(month: i64, day: u8) -> NaiveDate {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let date = |day: u8| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::from(day));
    (1..=day).rev().find_map(date).unwrap_or(NaiveDate::MAX)
}

fn day_of_month(day: NaiveDate) -> u8 {
    u8::try_from(day.day()).unwrap_or(31)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Any day from 2024 to 2033: three leap years.
    pub(crate) fn days() -> impl Strategy<Value = NaiveDate> {
        (0u64..3_653).prop_map(|after| day("2024-01-01") + chrono::Days::new(after))
    }

    pub(crate) fn billing_days() -> impl Strategy<Value = BillingDay> {
        proptest::sample::select(BillingDay::all().collect::<Vec<_>>())
    }

    pub(crate) fn every() -> impl Strategy<Value = Every> {
        proptest::sample::select(Every::ALL)
    }

    fn around(every: Every, billing_day: BillingDay, ordered: &str) -> String {
        let first_order = day("2025-12-30");
        let cycle = Cycle::of_billing_day(every, billing_day, first_order, day(ordered));
        cycle.period_of(day(ordered)).expect("after the start").to_string()
    }

    #[test]
    fn b1_the_period_that_the_order_falls_in_starts_on_the_billing_day() {
        use BillingDay::{First, FirstOrder, Fixed, Last};
        for (billing_day, ordered, period) in [
            (First, "2026-01-10", "1 Jan 2026 to 31 Jan 2026"),
            (First, "2026-01-01", "1 Jan 2026 to 31 Jan 2026"),
            (First, "2026-12-31", "1 Dec 2026 to 31 Dec 2026"),
            (Last, "2026-02-10", "31 Jan 2026 to 27 Feb 2026"),
            (Last, "2026-02-28", "28 Feb 2026 to 30 Mar 2026"),
            (Last, "2028-02-28", "31 Jan 2028 to 28 Feb 2028"),
            (FirstOrder, "2026-02-27", "30 Jan 2026 to 27 Feb 2026"),
            (FirstOrder, "2026-02-28", "28 Feb 2026 to 29 Mar 2026"),
            (Fixed(15), "2026-01-14", "15 Dec 2025 to 14 Jan 2026"),
            (Fixed(15), "2026-01-15", "15 Jan 2026 to 14 Feb 2026"),
            (Fixed(29), "2026-02-28", "28 Feb 2026 to 28 Mar 2026"),
            (Fixed(31), "2026-04-30", "30 Apr 2026 to 30 May 2026"),
            (Fixed(31), "2026-05-30", "30 Apr 2026 to 30 May 2026"),
        ] {
            assert_eq!(around(Every::Month, billing_day, ordered), period, "{billing_day:?}, {ordered}");
        }
    }

    #[test]
    fn b1_a_year_starts_on_the_billing_day_before_the_order() {
        let year = |billing_day, ordered| around(Every::Year, billing_day, ordered);
        assert_eq!(year(BillingDay::First, "2026-04-10"), "1 Apr 2026 to 31 Mar 2027");
        assert_eq!(year(BillingDay::Fixed(15), "2026-04-10"), "15 Mar 2026 to 14 Mar 2027");
        assert_eq!(year(BillingDay::Last, "2028-02-29"), "29 Feb 2028 to 27 Feb 2029");
    }

    #[test]
    fn b1_a_day_that_was_clamped_comes_back_in_the_next_longer_month() {
        let cycle = Cycle::of_order(Every::Month, day("2026-01-31"));
        let starts: Vec<_> = cycle.periods_from(cycle.start).take(5).map(|period| period.start.to_string()).collect();
        assert_eq!(starts, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
        let leap = Cycle::of_order(Every::Year, day("2028-02-29"));
        let starts: Vec<_> = leap.periods_from(leap.start).take(5).map(|period| period.start.to_string()).collect();
        assert_eq!(starts, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]);
    }

    #[test]
    fn b1_the_end_of_the_calendar_ends_the_periods_and_breaks_nothing() {
        let cycle = Cycle::of_order(Every::Month, NaiveDate::MAX);
        assert_eq!(cycle.periods_from(cycle.start).count(), 0);
        assert_eq!(Cycle::of_order(Every::Year, day("2026-01-31")).period_of(day("2025-12-31")), None);
        assert!(cycle.period_of(NaiveDate::MAX).is_some_and(|period| period.days() == 0));
    }

    proptest! {
        #[test]
        fn b1_periods_follow_each_other_for_five_years_without_gap_or_overlap(
            ordered in days(), first_order in days(), billing_day in billing_days(), every in every(),
        ) {
            for cycle in [Cycle::of_billing_day(every, billing_day, first_order, ordered), Cycle::of_order(every, ordered)] {
                let after = ordered + chrono::Months::new(60);
                let periods: Vec<_> = cycle.periods_from(cycle.start).take_while(|period| period.start <= after).collect();
                prop_assert!(periods.first().is_some_and(|first| first.contains(ordered)));
                prop_assert!(periods.windows(2).all(|pair| pair[0].end == pair[1].start));
                for period in periods {
                    let days = match every { Every::Month => 28..=31, Every::Year => 365..=366 };
                    prop_assert!(days.contains(&period.days()));
                    prop_assert_eq!(cycle.period_of(period.start), Some(period));
                    prop_assert_eq!(cycle.period_of(period.last()), Some(period));
                }
            }
        }
    }
}
