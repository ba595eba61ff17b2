//! What the screens show of credit notes, and of giving a license back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CreditNoteNumber, InvoiceNumber, PaymentNumber, Taxed};
use crate::{AccountId, Moment, Refusal, licenses::ResellerRow};

/// B9: what giving a license back does, as the button says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveBack {
    /// What is credited.
    pub credit: Taxed,
    /// Until when it can be done.
    pub until: Moment,
    /// Whether the operator has not been paid for it yet: then it frees a slot (L7).
    pub unpaid: bool,
}

/// A line of an invoice that finance wants to credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditableLine {
    /// What it is for.
    pub text: String,
    /// How its net amount comes about.
    pub how: String,
    /// What it came to.
    pub amount: Taxed,
    /// What is left of it.
    pub left: Taxed,
}

/// A credit note of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its number.
    pub number: CreditNoteNumber,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What it gives back, more than nothing.
    pub total: Taxed,
    /// Why.
    pub reason: String,
}

/// The page on which finance credits an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditPage {
    /// The invoice.
    pub number: InvoiceNumber,
    /// Its day.
    pub issued_on: NaiveDate,
    /// Whose it is.
    pub account: AccountId,
    /// Whose it is, by name.
    pub name: String,
    /// What it came to.
    pub total: Taxed,
    /// Its lines.
    pub lines: Vec<CreditableLine>,
    /// The credit notes that it has.
    pub given: Vec<Given>,
}

/// The page on which finance takes a license back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPage {
    /// The license.
    pub license: ResellerRow,
    /// Its reseller.
    pub reseller: AccountId,
    /// Its reseller, by name.
    pub name: String,
    /// What it does, or why it cannot be done.
    pub give_back: Result<GiveBack, Refusal>,
    /// The payment by card that has paid for it, last: its money can go back to the card.
    pub card: Option<PaymentNumber>,
}
