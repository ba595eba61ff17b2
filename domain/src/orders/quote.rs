//! What an order comes to: the same sums in the preview, at the credit check and when it is executed (O1, B1, C3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::BasketLine;
use crate::{
    BasisPoints, Currency, Money,
    accounts::Ordering,
    billing::{Charge, Every, OptionBilling, Schedule, Taxed, Timing},
    licenses::Type,
    money::AmountError,
    products::{Billing, Offer},
};

/// How the account that is billed is charged, on the day of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Billing {
    /// How long a period is; `None` for what is charged once.
    pub const fn every(self) -> Option<Every> {
        match self {
            Self::OneTime => None,
            Self::Monthly => Some(Every::Month),
            Self::Yearly => Some(Every::Year),
        }
    }
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
        let BilledTo { ordering, tax, first_order, today } = billed_to;
        let every = offer.billing.every().filter(|_| line.license_type == Type::Subscription);
        let schedule = every.map(|every| Schedule::agree(every, option, ordering, *first_order, *today));
        let charge = match schedule.and_then(|schedule| Some((schedule, schedule.first()?))) {
            Some((schedule, first)) => Charge::of_part(&schedule, first, line.seen, line.quantity, *tax)?,
            None => Charge::once(line.seen, line.quantity, *tax)?,
        };
        Ok(Self { line, charge, schedule })
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
        products::tests::offer,
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
