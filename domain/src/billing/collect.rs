//! Which charges go on one invoice (B3, B5).

use chrono::NaiveDate;

use super::InvoiceLine;
use crate::{AccountId, Currency, words::words};

words! {
    /// For whom an invoice of a reseller is made out, as the account says.
    InvoicePer {
        /// One for all its customers.
        Reseller = "reseller", "One invoice for all customers";
        /// One for each.
        Customer = "customer", "One invoice for each customer";
    }
}

/// A charge that is on no invoice yet. `T` is what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToInvoice<T> {
    /// What is charged.
    pub what: T,
    /// Whose licenses it is for.
    pub customer: AccountId,
    /// From which day on it is invoiced (B3).
    pub invoiced_on: NaiveDate,
    /// The line that it becomes.
    pub line: InvoiceLine,
}

/// What goes on one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected<T> {
    /// Its currency.
    pub currency: Currency,
    /// The customer, where each has an invoice.
    pub customer: Option<AccountId>,
    /// Its lines; never empty.
    pub charges: Vec<ToInvoice<T>>,
}

/// The invoices of a reseller that are due on a day: one for each currency, and for each customer where the account says
/// so, with the charges in the order in which they come. What costs nothing is on no invoice.
pub fn collect<T>(charges: Vec<ToInvoice<T>>, per: InvoicePer, today: NaiveDate) -> Vec<Collected<T>> {
    let mut invoices: Vec<Collected<T>> = Vec::new();
    for charge in charges {
        let gross = charge.line.charge.amount().gross();
        if charge.invoiced_on > today || !gross.is_positive() {
            continue;
        }
        let (currency, customer) = (gross.currency, (per == InvoicePer::Customer).then_some(charge.customer));
        match invoices.iter_mut().find(|other| (other.currency, other.customer) == (currency, customer)) {
            Some(invoice) => invoice.charges.push(charge),
            None => invoices.push(Collected { currency, customer, charges: vec![charge] }),
        }
    }
    invoices
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        Money,
        billing::{Charge, charge::tests::percent, cycle::tests::day},
    };

    fn charge(what: u8, customer: u128, invoiced_on: &str, money: Money) -> ToInvoice<u8> {
        let charge = Charge::once(money, 1, percent(0)).expect("countable");
        let line = InvoiceLine { text: "Primary license".to_owned(), charge };
        ToInvoice { what, customer: Uuid::from_u128(customer).into(), invoiced_on: day(invoiced_on), line }
    }

    /// Currency, and which charges.
    fn collected(per: InvoicePer) -> Vec<(&'static str, Vec<u8>)> {
        let euro = Money::new(100, Currency::EUR);
        let charges = vec![
            charge(1, 1, "2026-11-20", euro),
            charge(2, 2, "2026-11-21", euro),
            charge(3, 1, "2026-11-01", euro),
            charge(4, 1, "2026-12-01", euro),
            charge(5, 2, "2026-11-01", Money::zero(Currency::EUR)),
            charge(6, 1, "2026-11-01", Money::new(500, Currency::USD)),
        ];
        let shown = |invoice: Collected<u8>| {
            (invoice.currency.code(), invoice.charges.iter().map(|charge| charge.what).collect())
        };
        collect(charges, per, day("2026-11-21")).into_iter().map(shown).collect()
    }

    #[test]
    fn b3_what_is_due_goes_on_one_invoice_for_each_currency() {
        assert_eq!(collected(InvoicePer::Reseller), [("EUR", vec![1, 2, 3]), ("USD", vec![6])]);
    }

    #[test]
    fn b5_an_account_can_have_one_invoice_for_each_customer() {
        assert_eq!(collected(InvoicePer::Customer), [("EUR", vec![1, 3]), ("EUR", vec![2]), ("USD", vec![6])]);
    }
}
