//! What finance sees of money that came in by bank transfer (B7).

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, DraftId, Moment, Money, ReceiptId,
    billing::{InvoiceNumber, PaymentNumber},
    words::words,
};

/// A receipt in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// The receipt.
    pub id: ReceiptId,
    /// On which day it came in.
    pub received_on: String,
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: Option<String>,
    /// By what the bank knows it.
    pub bank_id: Option<String>,
    /// Whose it is, with the name; none while nobody knows.
    pub account: Option<(AccountId, String)>,
    /// The payment that it was meant for.
    pub payment: Option<PaymentNumber>,
    /// The invoice that it was meant for.
    pub invoice: Option<InvoiceNumber>,
    /// When it was taken back.
    pub taken_back: Option<Moment>,
    /// When it was recorded.
    pub recorded: Moment,
}

words! {
    /// Which receipts a list shows.
    ReceiptsShown {
        /// All of them.
        All = "all", "All";
        /// Nobody knows whose they are.
        Unassigned = "unassigned", "Whose?";
    }
}

/// What stands in the address of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceiptsQuery {
    /// Only those whose account is not known.
    pub show: Option<ReceiptsShown>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<String>,
}

impl ReceiptsQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// One page of receipts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipts {
    /// Up to 50.
    pub rows: Vec<ReceiptRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
    /// How many wait for somebody to say whose they are, up to 1,000.
    pub unassigned: i64,
    /// Whether the reader may record money.
    pub may_record: bool,
}

/// The page of one receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPage {
    /// The receipt.
    pub row: ReceiptRow,
    /// Who recorded it.
    pub recorded_by: String,
    /// How much of it is paid ahead: it has settled nothing yet.
    pub rest: Option<Money>,
    /// The accounts that were found by what was searched for.
    pub found: Vec<(AccountId, String)>,
    /// Whether the reader may record money.
    pub may_record: bool,
}

/// Whose a receipt is, as finance says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Whose {
    /// `Reference or number`: of an invoice or a payment.
    pub reference: String,
    /// `Account`, one of those that were found.
    pub account: String,
}

/// What would become of a line of the bank's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dry {
    /// It is of this account, for this.
    Of {
        /// The account, by name.
        account: String,
        /// The invoice or payment.
        what: String,
    },
    /// It waits for somebody to say whose it is; the reason.
    Waits(String),
    /// It was recorded before: it is passed over.
    Known,
    /// It cannot be read; the reason.
    Wrong(String),
}

/// A line of the bank's table, and what would become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryReceipt {
    /// Where it stands, counted from 1.
    pub line: usize,
    /// On which day, as typed.
    pub received_on: String,
    /// How much, as read, or as typed where it cannot be read.
    pub amount: String,
    /// What the payer wrote.
    pub text: String,
    /// What would become of it.
    pub becomes: Dry,
}

/// The dry run of a table, or what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    /// Its id.
    pub draft: DraftId,
    /// The first lines.
    pub lines: Vec<DryReceipt>,
    /// How many more there are.
    pub more: usize,
    /// How many are recorded, how many of these wait, how many were recorded before, and how many are wrong.
    pub counts: [usize; 4],
    /// How many receipts it has become.
    pub made: Option<usize>,
}
