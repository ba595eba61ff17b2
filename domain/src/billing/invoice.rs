//! Invoices: charges collected with their tax, immutable once issued (B5).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Charge, InvoiceNumber, Reference, Taxed};
use crate::{BasisPoints, Currency, Money, money::AmountError, words::words};

words! {
    /// Where an invoice stands, reckoned from its amounts and the day at every read.
    InvoiceState {
        /// Nothing is paid yet, and it is not due.
        Open = "open", "Open";
        /// Some of it is paid, and it is not due.
        PartlyPaid = "partly-paid", "Partly paid";
        /// All of it is settled, by payments or credits.
        Paid = "paid", "Paid";
        /// Its last day for paying is over, and something is open.
        Overdue = "overdue", "Overdue";
        /// Its credit notes cancel all of it.
        Credited = "credited", "Credited";
    }
}

/// One line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// What it is for: product, option, whose.
    pub text: String,
    /// Quantity, price, days, and the amounts; its tax was rounded half up for this line.
    pub charge: Charge,
}

/// All tax of one rate, in a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// The rate.
    pub rate: BasisPoints,
    /// The net amount of the lines of that rate, and the sum of their taxes.
    pub amount: Taxed,
}

/// Why there can be no such invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// Nothing to collect.
    #[error("There is nothing to invoice.")]
    NoLines,
    /// Lines in two currencies, or a total that cannot be counted.
    #[error(transparent)]
    Amount(#[from] AmountError),
}

/// An issued invoice. Nothing changes it; what was wrong is credited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    number: InvoiceNumber,
    issued_on: NaiveDate,
    due_on: NaiveDate,
    lines: Vec<InvoiceLine>,
    total: Taxed,
}

impl Invoice {
    /// What is printed under the lines.
    pub const ROUNDING: &'static str = "Amounts and tax are rounded half up for each line.";

    /// Issues the invoice of these lines, due `payment_days` after its day. One that is read again is issued again from
    /// what was kept: its totals are those of its lines, always.
    ///
    /// # Errors
    /// [`InvoiceError`].
    pub fn issue(
        number: InvoiceNumber,
        currency: Currency,
        lines: Vec<InvoiceLine>,
        issued_on: NaiveDate,
        payment_days: i64,
    ) -> Result<Self, InvoiceError> {
        if lines.is_empty() {
            return Err(InvoiceError::NoLines);
        }
        let total = Taxed::sum(currency, lines.iter().map(|line| line.charge.amount()))?;
        let due_on =
            issued_on.checked_add_days(Days::new(payment_days.max(0).unsigned_abs())).unwrap_or(NaiveDate::MAX);
        Ok(Self { number, issued_on, due_on, lines, total })
    }

    /// Its number.
    pub const fn number(&self) -> InvoiceNumber {
        self.number
    }

    /// What to write into the bank transfer.
    pub const fn reference(&self) -> Reference {
        Reference::Invoice(self.number)
    }

    /// Its day.
    pub const fn issued_on(&self) -> NaiveDate {
        self.issued_on
    }

    /// The last day for paying it.
    pub const fn due_on(&self) -> NaiveDate {
        self.due_on
    }

    /// What it is for.
    pub fn lines(&self) -> &[InvoiceLine] {
        &self.lines
    }

    /// What it comes to, and how much of that is tax.
    pub const fn total(&self) -> Taxed {
        self.total
    }

    /// The tax by its rates, lowest first. They sum to the total.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`], for lines that cannot be summed by rate though all of them together can.
    pub fn taxes(&self) -> Result<Vec<TaxLine>, AmountError> {
        let lines: Vec<_> = self.lines.iter().map(|line| (line.charge.rate(), line.charge.amount())).collect();
        by_rate(self.total.net().currency, &lines)
    }

    /// V6: how much of what is open of a new invoice is settled by the credit notes that are issued together with it. The
    /// invoice asks for the rest only, also where more is credited than is open.
    pub fn settled_by_credit(open: Money, credited: Money) -> Money {
        Money::new(credited.minor.clamp(0, open.minor.max(0)), open.currency)
    }

    /// Where it stands on a day: `settled` is what payments and credits cover of it, `credited` what its credit notes
    /// cancel; both are not less than nothing. Paying on the last day is in time.
    pub fn state(&self, settled: Money, credited: Money, today: NaiveDate) -> InvoiceState {
        InvoiceState::of(self.total.gross(), self.due_on, settled, credited, today)
    }
}

impl InvoiceState {
    /// The same of an invoice of which only this is known, in a list: what it comes to, and its last day for paying.
    pub fn of(gross: Money, due_on: NaiveDate, settled: Money, credited: Money, today: NaiveDate) -> Self {
        if gross.is_positive() && credited.minor >= gross.minor {
            Self::Credited
        } else if settled.minor >= gross.minor {
            Self::Paid
        } else if today > due_on {
            Self::Overdue
        } else if settled.is_positive() {
            Self::PartlyPaid
        } else {
            Self::Open
        }
    }
}

/// Amounts by the rate of their tax, lowest first.
pub(super) fn by_rate(currency: Currency, lines: &[(BasisPoints, Taxed)]) -> Result<Vec<TaxLine>, AmountError> {
    let mut rates: Vec<_> = lines.iter().map(|(rate, _)| *rate).collect();
    rates.sort_unstable();
    rates.dedup();
    let of_rate = |rate| {
        let amounts = lines.iter().filter(|(of, _)| *of == rate).map(|(_, amount)| *amount);
        Ok(TaxLine { rate, amount: Taxed::sum(currency, amounts)? })
    };
    rates.into_iter().map(of_rate).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::billing::{charge::tests::percent, cycle::tests::day};

    pub(crate) fn line(minor: i64, quantity: u32, points: u16) -> InvoiceLine {
        let charge = Charge::once(Money::new(minor, Currency::EUR), quantity, percent(points)).expect("countable");
        InvoiceLine { text: "Store Manager, Primary license".to_owned(), charge }
    }

    pub(crate) fn issue(lines: Vec<InvoiceLine>) -> Result<Invoice, InvoiceError> {
        Invoice::issue(InvoiceNumber(42), Currency::EUR, lines, day("2026-11-21"), 14)
    }

    /// Any lines of an invoice.
    pub(crate) fn lines() -> impl Strategy<Value = Vec<InvoiceLine>> {
        let any_line = (0..1_000_000_000i64, 1u32..=30, proptest::sample::select(vec![0, 700, 1_900]));
        proptest::collection::vec(any_line.prop_map(|(minor, quantity, points)| line(minor, quantity, points)), 1..8)
    }

    #[test]
    fn b5_an_invoice_is_due_after_the_payment_days_and_shows_the_tax_by_rates() {
        let invoice =
            issue(vec![line(13_930, 10, 1_900), line(1_000, 1, 700), line(99, 3, 1_900)]).expect("an invoice");
        assert_eq!(invoice.due_on(), day("2026-12-05"));
        assert_eq!(invoice.reference().to_string().replace(' ', "").get(4..), Some("I0000042"));
        let taxes = invoice.taxes().expect("countable");
        let shown: Vec<_> = taxes.iter().map(|tax| (tax.rate.to_string(), tax.amount.tax().minor)).collect();
        assert_eq!(shown, [("7 %".to_owned(), 70), ("19 %".to_owned(), 26_467 + 56)]);
        assert_eq!(invoice.total().gross().to_string(), "€ 1,671.90");
    }

    #[test]
    fn b5_an_invoice_is_open_partly_paid_overdue_paid_or_credited() {
        let invoice = issue(vec![line(10_000, 1, 1_900)]).expect("an invoice");
        let state = |settled, credited, today| {
            let [settled, credited] = [settled, credited].map(|minor| Money::new(minor, Currency::EUR));
            invoice.state(settled, credited, day(today))
        };
        assert_eq!(state(0, 0, "2026-12-05"), InvoiceState::Open);
        assert_eq!(state(1, 0, "2026-12-05"), InvoiceState::PartlyPaid);
        assert_eq!(state(11_899, 0, "2026-12-06"), InvoiceState::Overdue);
        assert_eq!(state(11_900, 0, "2026-12-06"), InvoiceState::Paid);
        assert_eq!(state(11_900, 900, "2026-12-06"), InvoiceState::Paid);
        assert_eq!(state(11_900, 11_900, "2026-12-06"), InvoiceState::Credited);
        let free = issue(vec![line(0, 5, 1_900)]).expect("an invoice");
        let nothing = Money::zero(Currency::EUR);
        assert_eq!(free.state(nothing, nothing, day("2027-01-01")), InvoiceState::Paid);
    }

    #[test]
    fn v6_what_is_credited_together_with_an_invoice_settles_what_is_open_of_it_and_no_more() {
        let euros = |minor| Money::new(minor, Currency::EUR);
        let settled = |open, credited| Invoice::settled_by_credit(euros(open), euros(credited)).minor;
        assert_eq!(settled(11_900, 11_900), 11_900);
        assert_eq!(settled(11_900, 5_000), 5_000);
        assert_eq!(settled(6_900, 11_900), 6_900, "5,000 were paid ahead");
        assert_eq!((settled(0, 11_900), settled(11_900, 0)), (0, 0));
    }

    #[test]
    fn p5_an_invoice_of_nothing_of_two_currencies_or_of_too_much_is_none() {
        assert_eq!(issue(vec![]), Err(InvoiceError::NoLines));
        let dollars = Charge::once(Money::new(1, Currency::USD), 1, percent(0)).expect("countable");
        let dollars = InvoiceLine { text: "Dollars".to_owned(), charge: dollars };
        assert!(matches!(issue(vec![line(1, 1, 0), dollars]), Err(InvoiceError::Amount(AmountError::Mixed { .. }))));
        let most = line(i64::MAX, 1, 0);
        assert_eq!(issue(vec![most.clone(), most]), Err(InvoiceError::Amount(AmountError::TooLarge)));
        let late = Invoice::issue(InvoiceNumber(1), Currency::EUR, vec![line(1, 1, 0)], NaiveDate::MAX, 365);
        assert_eq!(late.map(|late| late.due_on()), Ok(NaiveDate::MAX));
    }

    proptest! {
        #[test]
        fn b5_lines_and_taxes_sum_to_the_totals(lines in lines()) {
            let invoice = issue(lines.clone()).expect("an invoice");
            let sum = |amounts: Vec<Taxed>| Taxed::sum(Currency::EUR, amounts);
            prop_assert_eq!(sum(lines.iter().map(|line| line.charge.amount()).collect()), Ok(invoice.total()));
            let taxes = invoice.taxes().expect("countable");
            prop_assert_eq!(sum(taxes.iter().map(|tax| tax.amount).collect()), Ok(invoice.total()));
        }
    }
}
