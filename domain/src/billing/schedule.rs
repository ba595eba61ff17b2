//! When a subscription is charged, for which days, and when that is invoiced (B2, B3, B4). It is agreed with the order
//! and stays: what an account or an option says later holds for later orders.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cycle, Every, Part};
use crate::{
    Money,
    accounts::{BillingDay, Ordering, PartialInvoicing},
    words::words,
};

words! {
    /// B4: whether a period is charged before it or after it.
    Timing {
        /// When it begins.
        Advance = "advance", "In advance";
        /// When it is over.
        Arrears = "arrears", "In arrears";
    }
}

words! {
    /// B4: what an option charges for a period that is not whole.
    Proration {
        /// Its days.
        PerDay = "per-day", "Per day";
        /// All of it.
        WholePeriod = "whole-period", "Whole period";
        /// There is none: a full period from the day of the purchase, whatever the account says.
        Excluded = "excluded", "Exclude from prorating";
    }
}

/// B4: what an option says of its own billing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionBilling {
    /// Before or after the period.
    pub timing: Timing,
    /// What a period costs that is not whole.
    pub proration: Proration,
    /// Its own billing day, in place of the account's.
    pub billing_day: Option<BillingDay>,
}

impl Default for OptionBilling {
    /// What an option does that says nothing: in advance, by days, on the account's billing day.
    fn default() -> Self {
        Self { timing: Timing::Advance, proration: Proration::PerDay, billing_day: None }
    }
}

/// How one subscription is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its periods.
    pub cycle: Cycle,
    /// The first day that is charged.
    pub starts: NaiveDate,
    /// The day from which on nothing is charged any more; `None` while it runs on.
    pub ends: Option<NaiveDate>,
    /// Before or after the period.
    pub timing: Timing,
    /// What a period costs that is not whole.
    pub proration: Proration,
    /// When that is invoiced.
    pub partial: PartialInvoicing,
}

impl Schedule {
    /// What is agreed when a recurring option is ordered (B1, B2, B4). `first_order` is the day of the account's first
    /// order, which may be this one.
    pub fn agree(
        every: Every,
        option: OptionBilling,
        account: &Ordering,
        first_order: NaiveDate,
        ordered: NaiveDate,
    ) -> Self {
        let billing_day = match option {
            OptionBilling { proration: Proration::Excluded, .. } => None,
            OptionBilling { billing_day: Some(own), .. } => Some(own),
            _ => account.prorate.then_some(account.billing_day),
        };
        let cycle = match billing_day {
            Some(day) => Cycle::of_billing_day(every, day, first_order, ordered),
            None => Cycle::of_order(every, ordered),
        };
        let OptionBilling { timing, proration, .. } = option;
        Self { cycle, starts: ordered, ends: None, timing, proration, partial: account.partial_invoicing }
    }

    /// The schedule of licenses that are added to this subscription on a day (B2): the same periods, charged from that
    /// day on, and the same end. What is excluded from prorating begins a period of its own, and runs on by itself.
    /// `None` where nothing runs on that day.
    pub fn added_on(self, day: NaiveDate) -> Option<Self> {
        self.running_on(day)?;
        Some(match self.proration {
            Proration::Excluded => {
                Self { cycle: Cycle::of_order(self.cycle.every, day), starts: day, ends: None, ..self }
            }
            Proration::PerDay | Proration::WholePeriod => Self { starts: day, ..self },
        })
    }

    /// Canceled on a day: it runs to the end of the period that runs then.
    pub fn canceled_on(self, day: NaiveDate) -> Self {
        let running = self.running_on(day).map(|part| part.of().end);
        Self { ends: self.ends.or(running).or(Some(self.starts)), ..self }
    }

    /// What is charged first: the rest of the period in which the order's day falls.
    pub fn first(self) -> Option<Part> {
        self.parts_from(self.starts).next()
    }

    /// What is charged for the period in which a day falls; `None` where nothing runs on it.
    pub fn running_on(self, day: NaiveDate) -> Option<Part> {
        self.parts_from(day).next().filter(|part| part.days().contains(day))
    }

    /// Everything that will be charged, from the period on in which a day falls: the first may be part of a period,
    /// all others are whole, and each begins where the one before ends.
    pub fn parts_from(self, day: NaiveDate) -> impl Iterator<Item = Part> {
        let periods = self.cycle.periods_from(day.max(self.starts));
        let runs = move |part: &Part| self.ends.is_none_or(|end| part.days().start < end);
        periods.map(move |of| Part::rest(of, self.starts).unwrap_or(Part::whole(of))).take_while(runs)
    }

    /// What has begun by a day and was not charged, oldest first. `charged` is the day up to which, that one not
    /// included, it was charged; `None` for nothing yet.
    pub fn uncharged(self, charged: Option<NaiveDate>, today: NaiveDate) -> impl Iterator<Item = Part> {
        self.parts_from(charged.unwrap_or(self.starts)).take_while(move |part| part.days().start <= today)
    }

    /// What has to be charged by a day and was not, oldest first, however long nobody looked.
    pub fn due(self, charged: Option<NaiveDate>, today: NaiveDate) -> impl Iterator<Item = Part> {
        self.uncharged(charged, today).take_while(move |part| self.charged_on(*part) <= today)
    }

    /// What a part costs when a whole period costs `price`. Preview and charge both ask here.
    pub fn price(self, part: Part, price: Money) -> Money {
        match self.proration {
            Proration::WholePeriod => price,
            Proration::PerDay | Proration::Excluded => part.price(price),
        }
    }

    /// The day on which a part is charged: its first in advance, the day after its last in arrears.
    pub fn charged_on(self, part: Part) -> NaiveDate {
        match self.timing {
            Timing::Advance => part.days().start,
            Timing::Arrears => part.days().end,
        }
    }

    /// B3: the day on which a part is invoiced. It never says how much.
    pub fn invoiced_on(self, part: Part) -> NaiveDate {
        match self.partial {
            PartialInvoicing::BillingDay if !part.is_whole() => part.of().end,
            PartialInvoicing::OrderDay | PartialInvoicing::BillingDay => self.charged_on(part),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Currency,
        accounts::AccountForm,
        billing::cycle::tests::{billing_days, day, days, every},
    };

    const PRICE: Money = Money::new(10_000, Currency::EUR);

    fn account(prorate: bool, billing_day: BillingDay) -> Ordering {
        let details = AccountForm { name: "Acme".to_owned(), ..AccountForm::blank("UTC", Currency::EUR) }.check();
        Ordering { prorate, billing_day, ..details.expect("an account").ordering }
    }

    fn monthly(option: OptionBilling, account: &Ordering, ordered: &str) -> Schedule {
        Schedule::agree(Every::Month, option, account, day("2025-12-30"), day(ordered))
    }

    fn explained(schedule: Schedule) -> (String, i64) {
        let first = schedule.first().expect("a first part");
        (first.to_string(), schedule.price(first, PRICE).minor)
    }

    #[test]
    fn b2_without_proration_the_period_starts_on_the_day_of_the_order() {
        let schedule = monthly(OptionBilling::default(), &account(false, BillingDay::First), "2026-01-31");
        assert_eq!(explained(schedule), ("31 Jan 2026 to 27 Feb 2026".to_owned(), 10_000));
        let next: Vec<_> = schedule.parts_from(day("2026-02-28")).take(2).map(|part| part.to_string()).collect();
        assert_eq!(next, ["28 Feb 2026 to 30 Mar 2026", "31 Mar 2026 to 29 Apr 2026"]);
    }

    #[test]
    fn b2_quantity_added_in_mid_term_is_charged_for_the_days_that_are_left() {
        let schedule = monthly(OptionBilling::default(), &account(false, BillingDay::First), "2026-07-09");
        let added = schedule.added_on(day("2026-07-31")).expect("it runs");
        assert_eq!(explained(added), ("9 of 31 days, 31 Jul 2026 to 8 Aug 2026".to_owned(), 2_903));
        assert_eq!(added.parts_from(day("2026-08-09")).next(), schedule.parts_from(day("2026-08-09")).next());
        assert_eq!(schedule.added_on(day("2026-07-08")), None);
        let canceled = schedule.canceled_on(day("2026-07-10"));
        assert_eq!(canceled.added_on(day("2026-08-09")), None);
        let added = canceled.added_on(day("2026-08-08")).expect("it runs");
        assert_eq!(added.parts_from(added.starts).count(), 1);
    }

    #[test]
    fn b4_an_option_says_for_itself_how_it_is_billed() {
        let prorated = account(true, BillingDay::First);
        let option = |proration, billing_day| OptionBilling { proration, billing_day, ..OptionBilling::default() };
        for (option, shown, minor) in [
            (option(Proration::PerDay, None), "22 of 31 days, 10 Jan 2026 to 31 Jan 2026", 7_097),
            (option(Proration::WholePeriod, None), "22 of 31 days, 10 Jan 2026 to 31 Jan 2026", 10_000),
            (option(Proration::Excluded, None), "10 Jan 2026 to 9 Feb 2026", 10_000),
            (option(Proration::Excluded, Some(BillingDay::Last)), "10 Jan 2026 to 9 Feb 2026", 10_000),
            (option(Proration::PerDay, Some(BillingDay::Fixed(15))), "5 of 31 days, 10 Jan 2026 to 14 Jan 2026", 1_613),
        ] {
            assert_eq!(explained(monthly(option, &prorated, "2026-01-10")), (shown.to_owned(), minor));
        }
        let own_day = option(Proration::PerDay, Some(BillingDay::Fixed(15)));
        let schedule = monthly(own_day, &account(false, BillingDay::First), "2026-01-10");
        assert_eq!(explained(schedule).1, 1_613);
    }

    #[test]
    fn b4_what_is_added_to_an_option_without_proration_begins_a_full_period_of_its_own() {
        let excluded = OptionBilling { proration: Proration::Excluded, ..OptionBilling::default() };
        let schedule = monthly(excluded, &account(true, BillingDay::First), "2026-01-10");
        let added = schedule.added_on(day("2026-01-20")).expect("it runs");
        assert_eq!(explained(added), ("20 Jan 2026 to 19 Feb 2026".to_owned(), 10_000));
    }

    #[test]
    fn b3_a_part_is_invoiced_on_the_order_day_or_on_the_billing_day_and_costs_the_same() {
        let at_once = account(true, BillingDay::First);
        let later = Ordering { partial_invoicing: PartialInvoicing::BillingDay, ..at_once };
        let excluded = OptionBilling { proration: Proration::Excluded, ..OptionBilling::default() };
        let arrears = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
        for (option, account, ordered, charged, invoiced) in [
            (OptionBilling::default(), at_once, "2026-01-10", "2026-01-10", "2026-01-10"),
            (OptionBilling::default(), later, "2026-01-10", "2026-01-10", "2026-02-01"),
            (OptionBilling::default(), later, "2026-01-01", "2026-01-01", "2026-01-01"),
            (excluded, later, "2026-01-10", "2026-01-10", "2026-01-10"),
            (arrears, at_once, "2026-01-10", "2026-02-01", "2026-02-01"),
            (arrears, later, "2026-01-10", "2026-02-01", "2026-02-01"),
        ] {
            let schedule = monthly(option, &account, ordered);
            let first = schedule.first().expect("a first part");
            assert_eq!((schedule.charged_on(first), schedule.invoiced_on(first)), (day(charged), day(invoiced)));
        }
    }

    #[test]
    fn b1_canceled_it_runs_to_the_end_of_its_period_and_is_not_charged_again() {
        let schedule = monthly(OptionBilling::default(), &account(true, BillingDay::First), "2026-01-10");
        let canceled = schedule.canceled_on(day("2026-02-14"));
        let parts: Vec<_> = canceled.parts_from(canceled.starts).map(|part| part.to_string()).collect();
        assert_eq!(parts, ["22 of 31 days, 10 Jan 2026 to 31 Jan 2026", "1 Feb 2026 to 28 Feb 2026"]);
        assert_eq!(canceled.canceled_on(day("2026-02-20")), canceled);
        assert_eq!(schedule.canceled_on(day("2026-01-09")).first(), None);
    }

    /// Any schedule that can be agreed.
    fn schedules() -> impl Strategy<Value = Schedule> {
        let proration = proptest::sample::select(Proration::ALL);
        let timing = proptest::sample::select(Timing::ALL);
        let partial = proptest::sample::select(PartialInvoicing::ALL);
        let option = (timing, proration, proptest::option::of(billing_days()));
        (every(), option, any::<bool>(), billing_days(), partial, days(), days()).prop_map(
            |(every, (timing, proration, own), prorate, billing_day, partial_invoicing, first_order, ordered)| {
                let account = Ordering { partial_invoicing, ..account(prorate, billing_day) };
                let option = OptionBilling { timing, proration, billing_day: own };
                Schedule::agree(every, option, &account, first_order, ordered)
            },
        )
    }

    proptest! {
        #[test]
        fn b1_no_day_is_charged_twice_or_missed_over_five_years(schedule in schedules()) {
            let until = schedule.starts + chrono::Months::new(60);
            let parts: Vec<_> = schedule.parts_from(schedule.starts).take_while(|part| part.days().start < until).collect();
            prop_assert_eq!(parts.first().map(|part| part.days().start), Some(schedule.starts));
            prop_assert!(parts.windows(2).all(|pair| pair[0].days().end == pair[1].days().start));
            prop_assert!(parts[1..].iter().all(|part| part.is_whole()));
            prop_assert!(parts.last().is_some_and(|last| last.days().end >= until));
        }

        #[test]
        fn b1_whenever_the_runner_looks_each_part_is_charged_once(
            schedule in schedules(), pauses in proptest::collection::vec(0u64..120, 1..60),
        ) {
            let (mut today, mut charged, mut got) = (schedule.starts, None, Vec::new());
            for pause in pauses {
                for part in schedule.due(charged, today) {
                    charged = Some(part.days().end);
                    got.push(part);
                }
                prop_assert_eq!(schedule.due(charged, today).next(), None);
                today = today + chrono::Days::new(pause);
            }
            let expected: Vec<_> = schedule.parts_from(schedule.starts).take(got.len()).collect();
            prop_assert_eq!(got, expected);
        }

        #[test]
        fn b3_when_it_is_invoiced_never_decides_how_much(schedule in schedules(), minor in 0..1_000_000_000i64) {
            let price = Money::new(minor, Currency::EUR);
            let [now, later] = [PartialInvoicing::OrderDay, PartialInvoicing::BillingDay]
                .map(|partial| Schedule { partial, ..schedule });
            for part in schedule.parts_from(schedule.starts).take(14) {
                prop_assert_eq!(now.price(part, price), later.price(part, price));
                prop_assert!(now.invoiced_on(part) <= later.invoiced_on(part));
                prop_assert!(schedule.charged_on(part) <= schedule.invoiced_on(part));
            }
        }

        #[test]
        fn b2_licenses_that_are_added_meet_the_others_at_the_next_period(schedule in schedules(), after in 0u64..1_000) {
            let today = schedule.starts + chrono::Days::new(after);
            let added = schedule.added_on(today).expect("it runs");
            let (running, first) = (schedule.running_on(today).expect("it runs"), added.first().expect("a first part"));
            prop_assert_eq!(first.days().start, today);
            if schedule.proration != Proration::Excluded {
                prop_assert_eq!(first.days().end, running.days().end);
            }
        }
    }
}
