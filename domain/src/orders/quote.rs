//! What an order comes to: the same sums in the preview, at the credit check and when it is executed (O1, B1, C3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::BasketLine;
use crate::{
    BasisPoints, Currency, Money, Refusal,
    accounts::Ordering,
    billing::{Charge, OptionBilling, Schedule, Subscription, Taxed, Timing},
    licenses::Type,
    money::AmountError,
    products::Offer,
};

/// How the account that is billed is charged, on the day of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledTo {
    /// Its proration and billing day.
    pub ordering: Ordering,
    /// Its rate of tax.
    pub tax: BasisPoints,
    /// The day of its first order; today, when this is the first.
    pub first_order: NaiveDate,
    /// The day in its time zone.
    pub today: NaiveDate,
}

/// What one line comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedLine {
    /// What is bought.
    pub line: BasketLine,
    /// What it costs, and why that.
    pub charge: Charge,
    /// When a subscription is charged; `None` for what is charged once, and for a trial.
    pub schedule: Option<Schedule>,
}

impl QuotedLine {
    /// What a line comes to for that account, at the price that was seen. `option` is what the option says of its
    /// billing (B4).
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn of(
        line: BasketLine,
        offer: &Offer,
        option: OptionBilling,
        billed_to: &BilledTo,
    ) -> Result<Self, AmountError> {
        let BilledTo { ordering, first_order, today, .. } = billed_to;
        let every = offer.billing.every().filter(|_| line.license_type == Type::Subscription);
        let schedule = every.map(|every| Schedule::agree(every, option, ordering, *first_order, *today));
        Self::charged(line, schedule, billed_to.tax)
    }

    /// B2: what licenses come to that are added to a running subscription.
    ///
    /// # Errors
    /// [`Refusal::NotRunning`], [`Refusal::TooMuch`].
    pub fn added_to(running: &Schedule, line: BasketLine, billed_to: &BilledTo) -> Result<Self, Refusal> {
        let schedule = running.added_on(billed_to.today).ok_or(Refusal::NotRunning)?;
        Ok(Self::charged(line, Some(schedule), billed_to.tax)?)
    }

    fn charged(line: BasketLine, schedule: Option<Schedule>, tax: BasisPoints) -> Result<Self, AmountError> {
        let charge = match schedule.and_then(|schedule| Some((schedule, schedule.first()?))) {
            Some((schedule, first)) => Charge::of_part(&schedule, first, line.seen, line.quantity, tax)?,
            None => Charge::once(line.seen, line.quantity, tax)?,
        };
        Ok(Self { line, charge, schedule })
    }

    /// The subscription that begins when this is executed; `None` for what is charged once. What is charged at once is
    /// charged with it.
    pub fn subscription(&self) -> Option<Subscription> {
        let charged = self.charge.part().filter(|_| self.is_charged_at_once()).map(|part| part.days().end);
        Some(Subscription { charged, ..Subscription::of(self.schedule?, self.line.seen, self.line.quantity) })
    }

    /// Whether it is charged when the order is executed, and not in arrears.
    pub fn is_charged_at_once(&self) -> bool {
        self.schedule.is_none_or(|schedule| schedule.timing == Timing::Advance)
    }

    /// L7: how many unpaid slots it takes; none for what is free.
    pub const fn slots(&self) -> u32 {
        if self.charge.unit().is_positive() { self.charge.quantity() } else { 0 }
    }
}

/// What a whole order comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its lines.
    pub lines: Vec<QuotedLine>,
    /// What is charged when it is executed.
    pub now: Taxed,
    /// What its first periods will be charged in arrears.
    pub later: Taxed,
    /// C3: what it takes of the available credit: both, with tax.
    pub takes: Money,
}

impl Quote {
    /// All lines together.
    ///
    /// # Errors
    /// [`AmountError`] for lines in two currencies, or a total that cannot be counted.
    pub fn of(currency: Currency, lines: Vec<QuotedLine>) -> Result<Self, AmountError> {
        let sum = |at_once| {
            let lines = lines.iter().filter(|line| line.is_charged_at_once() == at_once);
            Taxed::sum(currency, lines.map(|line| line.charge.amount()))
        };
        let (now, later) = (sum(true)?, sum(false)?);
        let takes = now.gross().plus(later.gross())?;
        Ok(Self { lines, now, later, takes })
    }

    /// L7: how many unpaid slots it takes.
    pub fn slots(&self) -> i64 {
        self.lines.iter().map(|line| i64::from(line.slots())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::{AccountForm, BillingDay},
        products::{Billing, tests::offer},
    };

    fn billed_to(today: &str) -> BilledTo {
        let form = AccountForm { name: "Acme".to_owned(), ..AccountForm::blank("UTC", Currency::EUR) };
        let ordering = form.check().expect("an account").ordering;
        let today = today.parse().expect("a date");
        BilledTo {
            ordering: Ordering { prorate: true, billing_day: BillingDay::First, ..ordering },
            tax: BasisPoints::new(1_900).expect("19 %"),
            first_order: today,
            today,
        }
    }

    fn line(license_type: Type, quantity: u32, minor: i64) -> BasketLine {
        BasketLine { option: offer().option, license_type, quantity, seen: Money::new(minor, Currency::EUR) }
    }

    fn monthly() -> Offer {
        Offer { billing: Billing::Monthly, trial_days: None, ..offer() }
    }

    #[test]
    fn o1_an_order_comes_to_its_lines_with_what_is_charged_later_beside_it() {
        let billed_to = billed_to("2026-01-10");
        let arrears = OptionBilling { timing: Timing::Arrears, ..OptionBilling::default() };
        let quoted = |line, offer: &Offer, option| QuotedLine::of(line, offer, option, &billed_to).expect("countable");
        let lines = vec![
            quoted(line(Type::Permanent, 2, 13_930), &offer(), OptionBilling::default()),
            quoted(line(Type::Subscription, 10, 1_000), &monthly(), OptionBilling::default()),
            quoted(line(Type::Subscription, 1, 3_100), &monthly(), arrears),
            quoted(line(Type::Trial, 1, 0), &offer(), OptionBilling::default()),
        ];
        let quote = Quote::of(Currency::EUR, lines).expect("countable");
        assert_eq!((quote.now.net().minor, quote.now.tax().minor), (27_860 + 7_097, 5_293 + 1_348));
        assert_eq!((quote.later.net().minor, quote.later.tax().minor), (2_200, 418));
        assert_eq!(quote.takes.to_string(), "€ 442.16");
        assert_eq!(quote.slots(), 13);
    }

    #[test]
    fn b2_licenses_that_are_added_are_charged_for_the_days_that_are_left() {
        let january = QuotedLine::of(
            line(Type::Subscription, 5, 3_100),
            &monthly(),
            OptionBilling::default(),
            &billed_to("2026-01-01"),
        );
        let running = january.ok().and_then(|quoted| quoted.schedule).expect("a subscription");
        let added = |today| QuotedLine::added_to(&running, line(Type::Subscription, 2, 3_100), &billed_to(today));
        assert_eq!(added("2026-01-22").map(|quoted| quoted.charge.amount().net().minor), Ok(2_000));
        assert_eq!(added("2025-12-31"), Err(Refusal::NotRunning));
    }

    #[test]
    fn b1_what_is_charged_with_the_order_is_not_charged_again_by_the_runner() {
        let billed_to = billed_to("2026-01-10");
        for (timing, due) in [(Timing::Advance, 1), (Timing::Arrears, 1)] {
            let option = OptionBilling { timing, ..OptionBilling::default() };
            let quoted = QuotedLine::of(line(Type::Subscription, 1, 3_100), &monthly(), option, &billed_to);
            let subscription = quoted.ok().and_then(|quoted| quoted.subscription()).expect("a subscription");
            let due_on =
                |text: &str| subscription.due(text.parse().expect("a date"), billed_to.tax).map(|due| due.len());
            assert_eq!((due_on("2026-01-31"), due_on("2026-02-01")), (Ok(0), Ok(due)), "{timing:?}");
        }
        let once = QuotedLine::of(line(Type::Permanent, 1, 3_100), &offer(), OptionBilling::default(), &billed_to);
        assert_eq!(once.map(|quoted| quoted.subscription()), Ok(None));
    }

    #[test]
    fn p5_an_order_that_cannot_be_counted_is_an_error() {
        let billed_to = billed_to("2026-01-01");
        let huge = line(Type::Permanent, 1_000, i64::MAX / 1_000);
        let quoted = QuotedLine::of(huge, &offer(), OptionBilling::default(), &billed_to);
        assert_eq!(quoted, Err(AmountError::TooLarge));
        let untaxed = BilledTo { tax: BasisPoints::new(0).expect("none"), ..billed_to };
        let quoted = QuotedLine::of(huge, &offer(), OptionBilling::default(), &untaxed).expect("countable");
        assert_eq!(Quote::of(Currency::EUR, vec![quoted, quoted]), Err(AmountError::TooLarge));
        assert!(matches!(Quote::of(Currency::USD, vec![quoted]), Err(AmountError::Mixed { .. })));
    }
}
