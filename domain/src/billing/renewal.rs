//! What somebody may change of a running subscription from its next period on: how many licenses are renewed, and whether it
//! goes on at all (B1, B2, P3).

use chrono::NaiveDate;

use super::Subscription;
use crate::{Refusal, time};

impl Subscription {
    /// From the next period on so many licenses are renewed, those first that were created first; nothing is given back for the
    /// running one. It takes the place of what was to come.
    ///
    /// # Errors
    /// [`Refusal::NotRunning`], and [`Refusal::SubscriptionEnds`] where no period follows.
    pub fn renewing(&self, today: NaiveDate, quantity: u32) -> Result<Self, Refusal> {
        let next = self.runs_on(today)?;
        self.does_not_end()?;
        let unit = self.terms_on(next).unit;
        self.from_next_period(today, unit, quantity).ok_or(Refusal::NotRunning)
    }

    /// It ends with the running period.
    ///
    /// # Errors
    /// As [`Subscription::renewing`].
    pub fn canceled(&self, today: NaiveDate) -> Result<Self, Refusal> {
        self.runs_on(today)?;
        self.does_not_end()?;
        Ok(Self { schedule: self.schedule.canceled_on(today), ..self.clone() })
    }

    /// It goes on after all, as long as it has not ended. What was canceled is not there to be taken back when it never was.
    ///
    /// # Errors
    /// [`Refusal::NotRunning`], also when no license of it is left.
    pub fn going_on(&self, today: NaiveDate) -> Result<Self, Refusal> {
        let next = self.runs_on(today)?;
        let mut becomes = self.clone();
        becomes.schedule.ends = None;
        match becomes.terms_on(next).quantity {
            0 => Err(Refusal::NotRunning),
            _ => Ok(becomes),
        }
    }

    /// The day on which the next period begins, or would.
    pub(super) fn runs_on(&self, today: NaiveDate) -> Result<NaiveDate, Refusal> {
        self.schedule.running_on(today).map(|part| part.of().end).ok_or(Refusal::NotRunning)
    }

    pub(super) fn does_not_end(&self) -> Result<(), Refusal> {
        match self.schedule.ends {
            Some(end) => Err(Refusal::SubscriptionEnds { last: time::day(end.pred_opt().unwrap_or(end)) }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Currency, Money,
        accounts::{BillingDay, PartialInvoicing},
        billing::{Cycle, Every, Proration, Schedule, Timing, cycle::tests::day},
    };

    /// Three licenses at 31.00 a month from 10 January on, charged to the end of that month.
    fn three() -> Subscription {
        let ordered = day("2026-01-10");
        let schedule = Schedule {
            cycle: Cycle::of_billing_day(Every::Month, BillingDay::First, ordered, ordered),
            starts: ordered,
            ends: None,
            timing: Timing::Advance,
            proration: Proration::PerDay,
            partial: PartialInvoicing::OrderDay,
        };
        let begun = Subscription::of(schedule, Money::new(3_100, Currency::EUR), 3);
        Subscription { charged: Some(day("2026-02-01")), ..begun }
    }

    #[test]
    fn p3_fewer_are_renewed_from_the_next_period_on_and_a_later_wish_takes_its_place() {
        let one = three().renewing(day("2026-01-20"), 1).expect("it runs");
        assert_eq!([one.terms_on(day("2026-01-31")).quantity, one.terms_on(day("2026-02-01")).quantity], [3, 1]);
        let two = one.renewing(day("2026-01-21"), 2).expect("it runs");
        assert_eq!((two.changes.len(), two.terms_on(day("2026-03-01")).quantity), (1, 2));
        assert_eq!(three().renewing(day("2026-01-09"), 1), Err(Refusal::NotRunning));
    }

    #[test]
    fn b1_canceled_it_runs_to_the_end_of_its_period_and_until_then_that_is_taken_back() {
        let canceled = three().canceled(day("2026-01-20")).expect("it runs");
        assert_eq!(canceled.schedule.ends, Some(day("2026-02-01")));
        let refused = Refusal::SubscriptionEnds { last: "31 Jan 2026".to_owned() };
        assert_eq!(refused.to_string(), "This subscription ends on 31 Jan 2026. Take the cancellation back first.");
        assert_eq!(canceled.canceled(day("2026-01-21")), Err(refused.clone()));
        assert_eq!(canceled.renewing(day("2026-01-21"), 1), Err(refused));
        assert_eq!(canceled.going_on(day("2026-01-31")), Ok(three()));
        assert_eq!(canceled.going_on(day("2026-02-01")), Err(Refusal::NotRunning));
    }

    #[test]
    fn b9_what_has_no_license_left_does_not_go_on() {
        let gone = three().without(day("2026-01-20"), 3);
        assert_eq!(gone.schedule.ends, Some(day("2026-02-01")));
        assert_eq!(gone.going_on(day("2026-01-20")), Err(Refusal::NotRunning));
    }
}
