//! What the screens show of invoices, and of what an account owes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BankDetails, Credit, CreditNoteNumber, EntryKind, InvoiceNumber, InvoiceState, Part, TaxLine, Taxed};
use crate::{AccountId, Moment, Money, accounts::Unpaid, audit::HistoryEntry, orders::OrderNumber, words::words};

words! {
    /// Which invoices a list shows.
    InvoiceFilter {
        /// All of them, newest first.
        All = "all", "All";
        /// Those of which something is open, newest first.
        Unpaid = "unpaid", "Unpaid";
        /// Those of which something is open after their last day for paying, in the order in which they came due.
        Overdue = "overdue", "Overdue";
    }
}

/// The view of a list of invoices, as it stands in the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvoicesQuery {
    /// Only some; none is all.
    pub filter: Option<InvoiceFilter>,
    /// In the back office, only those of this account.
    pub account: Option<AccountId>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl InvoicesQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }

    /// The view that an address asks for, given what stands in it by a name; what cannot be read is left out.
    pub fn read(word: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            filter: word("filter").and_then(|word| InvoiceFilter::from_word(&word)),
            account: word("account").and_then(|word| word.parse().ok()),
            after: word("after").and_then(|word| word.parse().ok()),
        }
    }
}

/// An invoice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    /// Its number.
    pub number: InvoiceNumber,
    /// Where it stands today.
    pub state: InvoiceState,
    /// Whose licenses they are, where the account has an invoice for each customer.
    pub customer: Option<String>,
    /// Its day.
    pub issued_on: NaiveDate,
    /// The last day for paying it.
    pub due_on: NaiveDate,
    /// What it comes to, with tax.
    pub total: Money,
    /// What is not settled of it.
    pub open: Money,
}

/// One page of invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoices {
    /// Up to 50.
    pub rows: Vec<InvoiceRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// One page of the invoices of all resellers, or of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeInvoices {
    /// Up to 50, each with who is billed.
    pub rows: Vec<(InvoiceRow, AccountId, String)>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
    /// The account of the view, by name.
    pub account: Option<String>,
}

/// A line of an invoice, with how its net amount comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownLine {
    /// What it is for.
    pub text: String,
    /// `10 × € 139.30, 22 of 31 days, …`.
    pub explained: String,
    /// Its amounts.
    pub amount: Taxed,
    /// The days that it pays for, where it is a subscription.
    pub part: Option<Part>,
}

/// A credit note of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCredit {
    /// Its number.
    pub number: CreditNoteNumber,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What it gives back, with tax.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// The page of one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicePage {
    /// What the list shows.
    pub row: InvoiceRow,
    /// Who is billed.
    pub account: AccountId,
    /// Who is billed, by the name on it.
    pub reseller: String,
    /// Its lines.
    pub lines: Vec<ShownLine>,
    /// What they come to.
    pub total: Taxed,
    /// The tax by its rates.
    pub taxes: Vec<TaxLine>,
    /// What payments and credits cover of it.
    pub settled: Money,
    /// Its credit notes, oldest first.
    pub credits: Vec<ShownCredit>,
    /// What to write into a bank transfer.
    pub reference: String,
    /// Where to pay by bank transfer, as it stands on it.
    pub bank: Option<BankDetails>,
    /// What was done with it, newest first.
    pub history: Vec<HistoryEntry>,
}

/// What an account owes (C1, C5), and what there is to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingHome {
    /// What can be ordered for, with its parts.
    pub credit: Credit,
    /// L7.
    pub unpaid: Unpaid,
    /// What is open of invoices that are overdue, and of how many.
    pub overdue: (Money, i64),
    /// The newest invoices.
    pub invoices: Vec<InvoiceRow>,
    /// The newest entries of the ledger.
    pub entries: Vec<LedgerRow>,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// What it is.
    pub kind: EntryKind,
    /// As it stands in the ledger: a charge raises the balance by it, a credit or a payment lowers it.
    pub amount: Money,
    /// The order whose charge it is.
    pub order: Option<OrderNumber>,
    /// What was noted with it.
    pub note: Option<String>,
    /// When.
    pub at: Moment,
}

impl LedgerRow {
    /// By how much it changes the balance.
    pub const fn change(&self) -> Money {
        match self.kind {
            EntryKind::Charge => self.amount,
            EntryKind::Credit | EntryKind::Payment => Money::new(-self.amount.minor, self.amount.currency),
        }
    }
}

/// One page of the ledger, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPage {
    /// What is owed now.
    pub balance: Money,
    /// Up to 50.
    pub entries: Vec<LedgerRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_of_a_list_stands_in_the_address_and_what_is_no_view_is_the_plain_list() {
        let view = InvoicesQuery { filter: Some(InvoiceFilter::Overdue), account: None, after: Some(7) };
        assert_eq!(view.address(), "filter=overdue&after=7");
        assert_eq!(InvoicesQuery::default().address(), "");
        let word =
            |name: &str| ["filter", "after"].contains(&name).then(|| if name == "after" { "7" } else { "overdue" });
        assert_eq!(InvoicesQuery::read(|name| word(name).map(str::to_owned)), view);
        assert_eq!(InvoicesQuery::read(|_| Some("-".to_owned())), InvoicesQuery::default());
    }
}
