//! What the pages of payments show.

use serde::{Deserialize, Serialize};

use super::{Method, Purpose, ToPayForm};
use crate::{
    AccountId, BasisPoints, Moment, Money, Refusal,
    audit::HistoryEntry,
    billing::{BankDetails, PaymentNumber, PaymentState},
    words::words,
};

/// A line of what is paid for: a license, or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidFor {
    /// What it is.
    pub name: String,
    /// Whose, and which.
    pub detail: String,
    /// For how much, with tax.
    pub amount: Money,
}

/// The checkout of licenses or invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutPage {
    /// What was asked for, as it stands in the address.
    pub asked: ToPayForm,
    /// What is paid for.
    pub lines: Vec<PaidFor>,
    /// What has to be paid.
    pub total: Money,
    /// What is open of the same invoices, and left out because another payment is under way for it.
    pub elsewhere: Money,
    /// L7: how many unpaid slots it frees.
    pub frees: u32,
    /// Why it cannot be paid.
    pub refusal: Option<Refusal>,
    /// What is accepted before paying.
    pub terms: String,
    /// By what these terms are known again when the form is sent.
    pub mark: String,
    /// Whether cards are taken.
    pub card: bool,
}

/// The form of the checkout and of a top-up: what is paid for stands in hidden fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PayForm {
    /// As in [`ToPayForm`].
    pub license: String,
    /// As in [`ToPayForm`].
    pub invoice: String,
    /// As in [`ToPayForm`].
    pub overdue: String,
    /// What was shown, in minor units.
    pub total: String,
    /// `How to pay`.
    pub method: String,
    /// `I accept`: a box.
    pub accept: String,
    /// The mark of the terms that were shown.
    pub terms: String,
}

impl PayForm {
    /// What is to be paid.
    pub fn asked(&self) -> ToPayForm {
        let Self { license, invoice, overdue, .. } = self.clone();
        ToPayForm { license, invoice, overdue }
    }
}

/// The page of a top-up (C6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpPage {
    /// What can be ordered for now, in words.
    pub available: String,
    /// What is owed now.
    pub balance: Money,
    /// The currency of the account, by its code.
    pub currency: String,
    /// Why it is not offered.
    pub refusal: Option<Refusal>,
    /// Whether cards are taken.
    pub card: bool,
}

/// A payment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Its number.
    pub number: PaymentNumber,
    /// What it is for.
    pub purpose: Purpose,
    /// How it is paid.
    pub method: Method,
    /// Where it stands.
    pub state: PaymentState,
    /// What is to be paid.
    pub asked: Money,
    /// What came in.
    pub received: Money,
    /// When it was begun.
    pub begun: Moment,
    /// Whose it is.
    pub account: AccountId,
    /// Whose it is, by name.
    pub organisation: String,
    /// Somebody of the operator has to look at it.
    pub problem: Option<String>,
}

/// One page of payments, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payments {
    /// Up to 50.
    pub rows: Vec<PaymentRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

words! {
    /// Which payments wait for the operator.
    Waits {
        /// They were begun.
        Begun = "begun", "Waiting for money";
        /// Somebody has to look at them.
        Problem = "problem", "To look at";
    }
}

/// What stands in the address of a list of payments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentsQuery {
    /// Only those that wait like this; all without.
    pub waits: Option<Waits>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl PaymentsQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// The page of one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPage {
    /// What the list shows.
    pub row: PaymentRow,
    /// What it is for; nothing for a top-up.
    pub lines: Vec<PaidFor>,
    /// How many lines are not shown.
    pub more: usize,
    /// What a transfer says.
    pub reference: String,
    /// Where to transfer to; none where the operator has not said so yet.
    pub bank: Option<BankDetails>,
    /// What is still missing.
    pub missing: Money,
    /// What of it is not settled otherwise by now.
    pub open: Money,
    /// The hosted page on which one pays, while it is open.
    pub page_url: Option<String>,
    /// Until when it is open.
    pub open_until: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// What went back to the payer.
    pub given_back: Money,
    /// By what its money is given back at whoever takes cards; for finance.
    pub intent: Option<String>,
    /// Why it did not work.
    pub failure: Option<String>,
    /// What leads to the checkout of the same things again.
    pub again: Option<ToPayForm>,
    /// Who began it.
    pub begun_by: String,
    /// What was done with it, newest first.
    pub history: Vec<HistoryEntry>,
}

impl PaymentPage {
    /// What it still asks for: what is missing, but no more than is open of what it is for. Nothing where that was given back,
    /// credited, or paid in another way.
    pub fn due(&self) -> Money {
        Money::new(self.missing.minor.min(self.open.minor).max(0), self.missing.currency)
    }
}

/// The discount by which the own prices come about: there is no code to type (B6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// The price list, by name; none while there is no price list.
    pub list: Option<String>,
    /// Off every list price.
    pub percent_off: Option<BasisPoints>,
    /// From which day on, and until which.
    pub days: Option<(String, Option<String>)>,
    /// Whether it holds today.
    pub holds: bool,
}
