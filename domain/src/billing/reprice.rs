//! Another price for what runs: an explicit act of staff, from today or from the next period on (P3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Charge, NextCharge, Subscribed, Subscription, Taxed, Terms, Timing, reasons::reason};
use crate::{
    AccountId, BasisPoints, Currency, FieldErrors, Money, Refusal, licenses::ResellerRow, money::AmountError,
    words::words,
};

words! {
    /// From when on another price holds.
    PriceFrom {
        /// What runs stays as it is.
        NextPeriod = "next", "From the next period on";
        /// The days that are left are credited at the old price and charged at the new one.
        Today = "today", "From today on";
    }
}

/// Another price, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceForm {
    /// `Price of one`, in the currency of the subscription.
    pub price: String,
    /// The word of a [`PriceFrom`].
    pub from: String,
    /// `Reason`.
    pub reason: String,
}

/// Another price, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPrice {
    /// Of one, for a whole period.
    pub unit: Money,
    /// From when on.
    pub from: PriceFrom,
}

impl PriceForm {
    /// Which price, from when on.
    ///
    /// # Errors
    /// Messages at `price` and `from`.
    pub fn check(&self, currency: Currency) -> Result<NewPrice, FieldErrors> {
        let mut errors = FieldErrors::default();
        let unit = Money::typed_price(&self.price, currency).map_err(|message| FieldErrors::at("price", message));
        let from = PriceFrom::from_word(&self.from);
        let from = from.ok_or_else(|| FieldErrors::at("from", "Choose from when on it holds."));
        match (errors.take_all(unit), errors.take_all(from)) {
            (Some(unit), Some(from)) => Ok(NewPrice { unit, from }),
            _ => Err(errors),
        }
    }

    /// Why; the reseller reads it.
    ///
    /// # Errors
    /// A message at `reason` when there is none, or too much.
    pub fn check_reason(&self) -> Result<String, FieldErrors> {
        reason(&self.reason, "Enter why the price changes; the reseller reads it.")
    }
}

/// What a license that runs was charged for the running period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// What is left of it after credit notes.
    pub left: Taxed,
    /// The rate of the tax in it.
    pub rate: BasisPoints,
}

/// P3: what another price in the running period gives back and charges, both for the days that are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repriced {
    /// These days at the old price, with the tax that was charged.
    pub old: Charge,
    /// What is given back of each license: its share of that, or what is left of its charge where that is less.
    pub back: Vec<Taxed>,
    /// These days at the new price.
    pub charge: Charge,
}

impl Repriced {
    /// What is given back, more than nothing.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn credit(&self) -> Result<Taxed, AmountError> {
        Taxed::sum(self.old.unit().currency, self.back.iter().copied())
    }

    /// What the account owes more, or less than nothing for less: what is charged without what is given back.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn total(&self) -> Result<Money, AmountError> {
        self.charge.amount().gross().minus(self.credit()?.gross())
    }
}

/// What becomes of a subscription by another price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reprices {
    /// The subscription afterwards.
    pub becomes: Subscription,
    /// The first day of the new price.
    pub from: NaiveDate,
    /// What is given back and charged at once.
    pub at_once: Option<Repriced>,
}

impl Subscription {
    /// P3: another price, from the next period on in place of what was to come, or from today on. `running` are the charges of the
    /// licenses that run, and `rate` is the tax of today.
    ///
    /// # Errors
    /// [`Refusal::NotRunning`], [`Refusal::SubscriptionEnds`] where no period follows, [`Refusal::SamePrice`], and what cannot be
    /// counted.
    pub fn repriced(
        &self,
        today: NaiveDate,
        new: NewPrice,
        rate: BasisPoints,
        running: &[Running],
    ) -> Result<Reprices, Refusal> {
        let next = self.runs_on(today)?;
        let asked = match new.from {
            PriceFrom::NextPeriod => next,
            PriceFrom::Today => today,
        };
        if self.terms_on(asked).unit == new.unit {
            return Err(Refusal::SamePrice);
        }
        match new.from {
            PriceFrom::NextPeriod => {
                self.does_not_end()?;
                let becomes = self.from_next_period(today, new.unit, self.terms_on(next).quantity);
                Ok(Reprices { becomes: becomes.ok_or(Refusal::NotRunning)?, from: next, at_once: None })
            }
            PriceFrom::Today => Ok(self.priced_today(today, new.unit, rate, running)?.ok_or(Refusal::NotRunning)?),
        }
    }

    /// Another price for the days that are left of the running period, today included, and from then on. What is charged in arrears is
    /// not charged yet, so there it holds for the whole running period. `None` when nothing runs. What is due by today has to
    /// be charged first.
    fn priced_today(
        &self,
        today: NaiveDate,
        unit: Money,
        rate: BasisPoints,
        running: &[Running],
    ) -> Result<Option<Reprices>, AmountError> {
        let Some(part) = self.schedule.running_on(today) else { return Ok(None) };
        let priced = |terms| Terms { unit, ..terms };
        if self.schedule.timing == Timing::Arrears {
            let from = part.days().start;
            return Ok(Some(Reprices { becomes: self.changed(from, priced), from, at_once: None }));
        }
        let Some(charged) = running.first() else { return Ok(None) };
        let quantity = u32::try_from(running.len()).map_err(|_| AmountError::TooLarge)?;
        let left = part.cut(today).map_or(part, |(_, left)| left);
        let of_left = |unit, rate| Charge::of_part(&self.schedule, left, unit, quantity, rate);
        let old = of_left(self.terms_on(today).unit, charged.rate)?;
        let back = old.each().into_iter().zip(running).map(|(share, running)| share.at_most(running.left));
        let at_once = Repriced { old, back: back.collect::<Result<_, _>>()?, charge: of_left(unit, rate)? };
        Ok(Some(Reprices { becomes: self.changed(today, priced), from: today, at_once: Some(at_once) }))
    }
}

/// The page on which staff change the price of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePage {
    /// One of its licenses.
    pub license: ResellerRow,
    /// Its reseller.
    pub reseller: AccountId,
    /// Its reseller, by name.
    pub name: String,
    /// The subscription.
    pub subscribed: Subscribed,
    /// What was asked for.
    pub asked: PriceForm,
    /// What that would do, or why it cannot be done; `None` when nothing was asked for.
    pub preview: Option<Result<PricePreview, Refusal>>,
}

/// What another price would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePreview {
    /// The price.
    pub new: NewPrice,
    /// The first day for which it holds.
    pub from: NaiveDate,
    /// What is given back and charged at once.
    pub at_once: Option<Repriced>,
    /// What is charged next then.
    pub next: Option<NextCharge>,
    /// What was seen, to be given back with the form: when it is another meanwhile, nothing is done.
    pub seen: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        accounts::{BillingDay, PartialInvoicing},
        billing::{
            Cycle, Every, Proration, Schedule,
            charge::tests::percent,
            cycle::tests::{billing_days, day, days},
        },
    };

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn monthly(billing_day: BillingDay, ordered: NaiveDate, timing: Timing, unit: i64) -> Subscription {
        let schedule = Schedule {
            cycle: Cycle::of_billing_day(Every::Month, billing_day, ordered, ordered),
            starts: ordered,
            ends: None,
            timing,
            proration: Proration::PerDay,
            partial: PartialInvoicing::OrderDay,
        };
        Subscription::of(schedule, euros(unit), 2)
    }

    /// What the licenses of a subscription were charged for the period in which a day falls.
    fn running(subscription: &Subscription, today: NaiveDate, rate: u16) -> Vec<Running> {
        let part = subscription.schedule.running_on(today).expect("it runs");
        let charge = subscription.charge(part, percent(rate)).expect("countable");
        charge.each().into_iter().map(|left| Running { left, rate: percent(rate) }).collect()
    }

    const fn today_at(minor: i64) -> NewPrice {
        NewPrice { unit: euros(minor), from: PriceFrom::Today }
    }

    const fn next_at(minor: i64) -> NewPrice {
        NewPrice { unit: euros(minor), from: PriceFrom::NextPeriod }
    }

    fn next(subscription: &Subscription, charged: &str) -> String {
        let charged = Subscription { charged: Some(day(charged)), ..subscription.clone() };
        charged.next(percent(0)).expect("countable").expect("it goes on").to_string()
    }

    #[test]
    fn p3_another_price_from_today_on_gives_back_and_charges_the_days_that_are_left() {
        let subscription = monthly(BillingDay::First, day("2026-01-01"), Timing::Advance, 3_100);
        let fewer = subscription.from_next_period(day("2026-01-02"), euros(3_100), 1).expect("it runs");
        let today = day("2026-01-22");
        let done = fewer.repriced(today, today_at(6_200), percent(700), &running(&fewer, today, 1_900));
        let Reprices { becomes, from, at_once: Some(at_once) } = done.expect("it runs") else { panic!("in advance") };
        assert_eq!(at_once.old.to_string(), "2 \u{d7} € 31.00, 10 of 31 days, 22 Jan 2026 to 31 Jan 2026");
        assert_eq!(at_once.charge.to_string(), "2 \u{d7} € 62.00, 10 of 31 days, 22 Jan 2026 to 31 Jan 2026");
        let credit = at_once.credit().expect("countable");
        assert_eq!((credit.net(), credit.tax(), at_once.charge.amount().tax()), (euros(2_000), euros(380), euros(280)));
        assert_eq!((from, at_once.total()), (today, Ok(euros(4_280 - 2_380))));
        assert_eq!(next(&becomes, "2026-02-01"), "1 \u{d7} € 62.00, 1 Feb 2026 to 28 Feb 2026");
        assert_eq!((becomes.price_since(today), becomes.price_since(day("2026-01-21"))), (Some(today), None));
    }

    #[test]
    fn p3_never_more_is_given_back_than_is_left_of_what_was_charged() {
        let subscription = monthly(BillingDay::First, day("2026-01-01"), Timing::Advance, 3_100);
        let today = day("2026-01-22");
        let mut charged = running(&subscription, today, 0);
        charged[1].left = Taxed::zero(Currency::EUR);
        let done = subscription.repriced(today, today_at(0), percent(0), &charged).expect("it runs");
        let back: Vec<_> = done.at_once.expect("in advance").back.iter().map(|back| back.gross().minor).collect();
        assert_eq!(back, [1_000, 0]);
    }

    #[test]
    fn p3_in_arrears_another_price_holds_for_the_running_period() {
        let subscription = monthly(BillingDay::First, day("2026-01-01"), Timing::Arrears, 3_100);
        let done = subscription.repriced(day("2026-01-22"), today_at(6_200), percent(0), &[]).expect("it runs");
        assert_eq!((done.from, done.at_once), (day("2026-01-01"), None));
        let due = done.becomes.due(day("2026-02-01"), percent(0)).expect("countable");
        assert_eq!(due[0].to_string(), "2 \u{d7} € 62.00, 1 Jan 2026 to 31 Jan 2026");
    }

    #[test]
    fn p3_from_the_next_period_on_it_takes_the_place_of_what_was_to_come() {
        let subscription = monthly(BillingDay::First, day("2026-01-10"), Timing::Advance, 3_100);
        let today = day("2026-01-20");
        let dearer = subscription.repriced(today, next_at(6_200), percent(0), &[]).expect("it runs").becomes;
        let done = dearer.repriced(today, next_at(4_000), percent(0), &[]).expect("it runs");
        assert_eq!(done.becomes.price_to_come(today).map(|terms| terms.unit), Some(euros(4_000)));
        assert_eq!((done.from, done.becomes.changes.len()), (day("2026-02-01"), 1));
        let fewer = done.becomes.renewing(today, 1).expect("it runs");
        assert_eq!(next(&fewer, "2026-02-01"), "1 \u{d7} € 40.00, 1 Feb 2026 to 28 Feb 2026");
        let refused = |running: &Subscription, new| running.repriced(today, new, percent(0), &[]).expect_err("refused");
        assert_eq!(refused(&dearer, next_at(6_200)), Refusal::SamePrice);
        assert_eq!(refused(&dearer, today_at(3_100)), Refusal::SamePrice);
        let canceled = subscription.canceled(today).expect("it runs");
        assert!(matches!(refused(&canceled, next_at(1)), Refusal::SubscriptionEnds { .. }));
        let ended =
            subscription.canceled(today).expect("it runs").repriced(day("2026-02-01"), next_at(1), percent(0), &[]);
        assert_eq!(ended, Err(Refusal::NotRunning));
    }

    #[test]
    fn x3_a_price_and_a_day_are_asked_for_and_a_reason() {
        let form = |price: &str, from: &str| PriceForm {
            price: price.to_owned(),
            from: from.to_owned(),
            ..PriceForm::default()
        };
        assert_eq!(form("60.00", "today").check(Currency::EUR), Ok(today_at(6_000)));
        let errors = form("-1", "soon").check(Currency::EUR).expect_err("two errors");
        assert!(errors.get("price").is_some() && errors.get("from") == Some("Choose from when on it holds."));
        assert!(
            form("1.999", "next").check(Currency::EUR).is_err() && form("1.5", "next").check(Currency::JPY).is_err()
        );
        let why = form("1", "next").check_reason().expect_err("no reason");
        assert_eq!(why.get("reason"), Some("Enter why the price changes; the reseller reads it."));
    }

    proptest! {
        #[test]
        fn p3_what_is_given_back_and_what_was_used_is_what_was_charged(
            ordered in days(), billing_day in billing_days(), after in 0u64..100, minor in 0..1_000_000i64,
        ) {
            let subscription = monthly(billing_day, ordered, Timing::Advance, minor);
            let today = ordered + chrono::Days::new(after);
            let charged = running(&subscription, today, 1_900);
            let done = subscription.repriced(today, today_at(minor + 1), percent(1_900), &charged).expect("it runs");
            let at_once = done.at_once.expect("in advance");
            let part = subscription.schedule.running_on(today).expect("it runs");
            let used = part.cut(today).map_or(0, |(used, _)| used.price(euros(minor * 2)).minor);
            let all: i64 = charged.iter().map(|one| one.left.net().minor).sum();
            prop_assert_eq!(at_once.credit().expect("countable").net().minor, all - used);
            prop_assert_eq!(at_once.credit(), Ok(at_once.old.amount()));
        }
    }
}
