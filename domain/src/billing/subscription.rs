//! A running subscription: what is due, what will be, and what a change of its price or quantity does (B1, B2, P3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Charge, Part, Schedule, Timing};
use crate::{BasisPoints, Money, money::AmountError};

/// What a subscription costs from a day on. It stays until somebody changes it, whatever price lists say later (P3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The first day for which it holds.
    pub from: NaiveDate,
    /// The price of one for a whole period.
    pub unit: Money,
    /// How many licenses.
    pub quantity: u32,
}

/// The licenses of one order line that are charged together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// When it is charged.
    pub schedule: Schedule,
    /// What it cost at first.
    pub first: Terms,
    /// What has been changed about that, or will be, oldest first.
    pub changes: Vec<Terms>,
    /// Up to which day, that one not included, it was charged; `None` for nothing yet.
    pub charged: Option<NaiveDate>,
}

impl Subscription {
    /// One that begins now.
    pub fn of(schedule: Schedule, unit: Money, quantity: u32) -> Self {
        Self { schedule, first: Terms { from: schedule.starts, unit, quantity }, changes: Vec::new(), charged: None }
    }

    /// What has to be charged by a day and was not, oldest first: nothing twice, and all of it however long nobody
    /// looked. Whoever writes the charges down raises [`Subscription::charged`] with them.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn due(&self, today: NaiveDate, rate: BasisPoints) -> Result<Vec<Charge>, AmountError> {
        self.schedule.due(self.charged, today).map(|part| self.charge(part, rate)).collect()
    }

    /// C1: what is not charged yet of what has begun, with tax, when charged in arrears: it takes credit now.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn estimate(&self, today: NaiveDate, rate: BasisPoints) -> Result<Money, AmountError> {
        let unit = self.terms_on(today).unit;
        let parts = self.schedule.uncharged(self.charged, today).filter(|_| self.schedule.timing == Timing::Arrears);
        parts
            .map(|part| self.charge(part, rate))
            .try_fold(Money::zero(unit.currency), |sum, charge| sum.plus(charge?.amount().gross()))
    }

    /// The parts that have begun by a day and were not charged, oldest first, and how many licenses each is for: so far these
    /// are valid, whether they are charged before or after.
    pub fn begun(&self, today: NaiveDate) -> impl Iterator<Item = (Part, u32)> {
        let parts = self.schedule.uncharged(self.charged, today);
        parts.map(|part| (part, self.terms_on(part.days().start).quantity))
    }

    /// The day of the next charge; `None` when nothing is to come.
    pub fn next_charge_on(&self) -> Option<NaiveDate> {
        self.next_part().map(|part| self.schedule.charged_on(part))
    }

    /// What will be charged next.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn next(&self, rate: BasisPoints) -> Result<Option<Charge>, AmountError> {
        self.next_part().map(|part| self.charge(part, rate)).transpose()
    }

    fn next_part(&self) -> Option<Part> {
        self.schedule.parts_from(self.charged.unwrap_or(self.schedule.starts)).next()
    }

    /// What it costs on a day.
    pub fn terms_on(&self, day: NaiveDate) -> Terms {
        self.changes.iter().rev().find(|terms| terms.from <= day).copied().unwrap_or(self.first)
    }

    /// P3: another price or quantity from the next period on, in place of what was to come then. `None` when nothing runs on that day, or no period
    /// follows.
    pub fn from_next_period(&self, today: NaiveDate, unit: Money, quantity: u32) -> Option<Self> {
        let from = self.schedule.running_on(today)?.of().end;
        self.schedule.running_on(from)?;
        Some(self.with(Terms { from, unit, quantity }))
    }

    /// What one costs from a day after this one on, where that has been agreed to be another price.
    pub fn price_to_come(&self, today: NaiveDate) -> Option<Terms> {
        let unit = self.terms_on(today).unit;
        self.changes.iter().find(|terms| terms.from > today && terms.unit != unit).copied()
    }

    /// Since when one costs what it costs today, where that was another price before.
    pub fn price_since(&self, today: NaiveDate) -> Option<NaiveDate> {
        let unit = self.terms_on(today).unit;
        let mut before = std::iter::once(&self.first).chain(&self.changes).filter(|terms| terms.from <= today).rev();
        let last = before.clone().take_while(|terms| terms.unit == unit).last()?;
        before.any(|terms| terms.unit != unit).then_some(last.from)
    }

    /// B9: without so many of the licenses that run today. What is charged stays, and of what is not, they are those that were not to
    /// be renewed, if there are such. Without any, it ends.
    pub fn without(&self, today: NaiveDate, licenses: u32) -> Self {
        let uncharged = self.charged.unwrap_or(self.schedule.starts);
        let left = self.terms_on(today.max(self.schedule.starts)).quantity.saturating_sub(licenses);
        let mut becomes =
            self.changed(uncharged.min(today), |terms| Terms { quantity: terms.quantity.min(left), ..terms });
        if left == 0 {
            becomes.schedule.ends = Some(uncharged);
        }
        becomes
    }

    pub(super) fn charge(&self, part: Part, rate: BasisPoints) -> Result<Charge, AmountError> {
        let Terms { unit, quantity, .. } = self.terms_on(part.days().start);
        Charge::of_part(&self.schedule, part, unit, quantity, rate)
    }

    /// With these terms, in place of those from their day on.
    fn with(&self, terms: Terms) -> Self {
        let mut becomes = self.clone();
        becomes.changes.retain(|earlier| earlier.from < terms.from);
        becomes.changes.push(terms);
        becomes
    }

    /// With all terms changed that hold from a day on, now or later.
    pub(super) fn changed(&self, from: NaiveDate, change: impl Fn(Terms) -> Terms) -> Self {
        let later = self.changes.iter().filter(|terms| terms.from > from);
        let mut becomes = self.with(change(Terms { from, ..self.terms_on(from) }));
        becomes.changes.extend(later.map(|terms| change(*terms)));
        becomes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Currency,
        accounts::{BillingDay, PartialInvoicing},
        billing::{
            Cycle, Every, Proration,
            charge::tests::percent,
            cycle::tests::{billing_days, day, days},
        },
    };

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn monthly(billing_day: BillingDay, ordered: NaiveDate, timing: Timing) -> Subscription {
        let schedule = Schedule {
            cycle: Cycle::of_billing_day(Every::Month, billing_day, ordered, ordered),
            starts: ordered,
            ends: None,
            timing,
            proration: Proration::PerDay,
            partial: PartialInvoicing::OrderDay,
        };
        Subscription::of(schedule, euros(3_100), 2)
    }

    fn due(subscription: &Subscription, today: &str) -> Vec<String> {
        let due = subscription.due(day(today), percent(0)).expect("countable");
        due.iter().map(|charge| format!("{}: {charge}", charge.amount().gross())).collect()
    }

    #[test]
    fn b1_a_weeks_silence_is_made_up_for_and_nothing_is_charged_twice() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        let charged = Subscription { charged: Some(day("2026-02-01")), ..subscription };
        assert_eq!(due(&charged, "2026-01-31"), [""; 0]);
        assert_eq!(
            due(&charged, "2026-03-08"),
            [
                "€ 62.00: 2 \u{d7} € 31.00, 1 Feb 2026 to 28 Feb 2026",
                "€ 62.00: 2 \u{d7} € 31.00, 1 Mar 2026 to 31 Mar 2026"
            ]
        );
    }

    #[test]
    fn b1_the_next_charge_is_on_the_first_day_of_the_next_period_and_after_the_end_there_is_none() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        assert_eq!(subscription.next_charge_on(), Some(day("2026-01-10")));
        let charged = Subscription { charged: Some(day("2026-02-01")), ..subscription.clone() };
        assert_eq!(charged.next_charge_on(), Some(day("2026-02-01")));
        let next = charged.next(percent(0)).expect("countable").map(|charge| charge.amount().gross());
        assert_eq!(next, Some(euros(6_200)));
        let canceled = Subscription { schedule: charged.schedule.canceled_on(day("2026-01-20")), ..charged };
        assert_eq!((canceled.next_charge_on(), canceled.next(percent(0))), (None, Ok(None)));
        let arrears = monthly(BillingDay::First, day("2026-01-10"), Timing::Arrears);
        assert_eq!(arrears.next_charge_on(), Some(day("2026-02-01")));
        let ends = |today| arrears.begun(day(today)).map(|(part, of)| (part.days().end, of)).collect::<Vec<_>>();
        assert_eq!(ends("2026-01-31"), [(day("2026-02-01"), 2)]);
        assert_eq!(ends("2026-02-01"), [(day("2026-02-01"), 2), (day("2026-03-01"), 2)]);
    }

    #[test]
    fn c1_what_runs_and_is_charged_in_arrears_takes_credit_with_its_tax() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Arrears);
        let estimate = |charged: Option<&str>, today| {
            let subscription = Subscription { charged: charged.map(day), ..subscription.clone() };
            subscription.estimate(day(today), percent(1_900)).map(|money| money.minor)
        };
        assert_eq!(estimate(None, "2026-01-10"), Ok(4_400 + 836));
        assert_eq!(estimate(None, "2026-02-01"), Ok(4_400 + 836 + 6_200 + 1_178));
        assert_eq!(estimate(Some("2026-02-01"), "2026-02-01"), Ok(6_200 + 1_178));
        let advance = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        assert_eq!(advance.estimate(day("2026-02-01"), percent(1_900)), Ok(euros(0)));
        let huge = Subscription::of(subscription.schedule, euros(i64::MAX), 1);
        assert_eq!(huge.estimate(day("2026-02-01"), percent(0)), Err(AmountError::TooLarge));
    }

    #[test]
    fn p3_another_price_or_quantity_holds_from_the_next_period_on() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        let fewer = subscription.from_next_period(day("2026-01-20"), euros(3_100), 1).expect("it runs");
        assert_eq!(
            due(&fewer, "2026-02-01"),
            [
                "€ 44.00: 2 \u{d7} € 31.00, 22 of 31 days, 10 Jan 2026 to 31 Jan 2026",
                "€ 31.00: 1 \u{d7} € 31.00, 1 Feb 2026 to 28 Feb 2026"
            ]
        );
        let canceled = Subscription { schedule: subscription.schedule.canceled_on(day("2026-01-20")), ..subscription };
        assert_eq!(canceled.from_next_period(day("2026-01-21"), euros(1), 1), None);
    }

    #[test]
    fn b9_a_license_that_was_given_back_is_not_charged_again() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        let charged = Subscription { charged: Some(day("2026-02-01")), ..subscription.clone() };
        let today = day("2026-01-20");
        let one = charged.without(today, 1);
        assert_eq!([one.terms_on(day("2026-01-19")).quantity, one.terms_on(today).quantity], [2, 1]);
        assert_eq!(due(&one, "2026-02-01"), ["€ 31.00: 1 \u{d7} € 31.00, 1 Feb 2026 to 28 Feb 2026"]);
        assert_eq!(due(&one.without(today, 1), "2026-06-01"), [""; 0]);
        let arrears = monthly(BillingDay::First, day("2026-01-10"), Timing::Arrears);
        assert_eq!(due(&arrears.without(today, 2), "2026-06-01"), [""; 0]);
        assert_eq!(arrears.without(today, 2).estimate(today, percent(0)), Ok(euros(0)));
    }

    #[test]
    fn p3_b9_a_license_that_was_given_back_is_the_one_that_was_not_to_be_renewed() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance);
        let today = day("2026-01-20");
        let one = Subscription { charged: Some(day("2026-02-01")), ..subscription }
            .from_next_period(today, euros(3_100), 1)
            .expect("it runs");
        let back = one.without(today, 1);
        assert_eq!(due(&back, "2026-02-01"), ["€ 31.00: 1 \u{d7} € 31.00, 1 Feb 2026 to 28 Feb 2026"]);
        let none = back.without(today, 1);
        assert_eq!((due(&none, "2026-06-01"), none.schedule.ends), (Vec::new(), Some(day("2026-02-01"))));
    }

    proptest! {
        #[test]
        fn b1_however_often_the_runner_looks_five_years_cost_the_same(
            ordered in days(), billing_day in billing_days(), timing in proptest::sample::select(Timing::ALL),
            pauses in proptest::collection::vec(5u64..150, 1..8),
        ) {
            let mut subscription = monthly(billing_day, ordered, timing);
            let end = ordered + chrono::Months::new(60);
            let gross = |charges: &[Charge]| charges.iter().map(|charge| charge.amount().gross().minor).sum::<i64>();
            let at_once = gross(&subscription.due(end, percent(1_900)).expect("countable"));
            let (mut sum, mut today) = (0, ordered);
            for pause in pauses.into_iter().cycle() {
                let due = subscription.due(today, percent(1_900)).expect("countable");
                let last = due.last().and_then(Charge::part).map(|part| part.days().end);
                (sum, subscription.charged) = (sum + gross(&due), last.or(subscription.charged));
                if today == end {
                    break;
                }
                today = end.min(today + chrono::Days::new(pause));
            }
            prop_assert_eq!(sum, at_once);
        }
    }
}
