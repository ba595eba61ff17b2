//! What the operator says once about billing, for all its resellers (B5 to B8, P4).

use serde::{Deserialize, Serialize};

use super::BankDetails;
use crate::{BasisPoints, editions::Changed};

/// The operator's settings of billing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingSettings {
    /// Where to pay by bank transfer; none where nobody takes them.
    pub bank: Option<BankDetails>,
    /// What the operator's law wants said on an invoice.
    pub note: Option<String>,
    /// What is accepted before paying (B6).
    pub terms: String,
    /// B8: on which days after the due date reminders go out, in rising order.
    pub reminders: Vec<u16>,
    /// P4: below this share of the list price a resale price is warned of.
    pub floor: BasisPoints,
}

impl BillingSettings {
    /// The terms where the operator has written none of its own.
    pub const TERMS: &'static str =
        "I order and pay in the name of my company, and accept the operator's terms of sale.";

    /// P4: 90 % of the list price.
    const FLOOR: BasisPoints = BasisPoints::new(9_000).expect("90 % is no more than all");
}

impl Default for BillingSettings {
    /// What holds until somebody says otherwise.
    fn default() -> Self {
        Self { bank: None, note: None, terms: Self::TERMS.to_owned(), reminders: vec![7, 14, 30], floor: Self::FLOOR }
    }
}

impl BillingSettings {
    /// The settings in which `self` and what they become differ, in the order of the form.
    pub fn changes(&self, becomes: &Self) -> Vec<Changed> {
        let pairs = self.words().into_iter().zip(becomes.words());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((name, before), (_, after))| Changed::new(name, before, after)).collect()
    }

    /// Each setting in words.
    fn words(&self) -> [(&'static str, String); 8] {
        let bank = self.bank.clone().unwrap_or_default();
        [
            ("account holder", bank.holder.clone()),
            ("IBAN", bank.grouped_iban()),
            ("BIC", bank.bic.unwrap_or_default()),
            ("bank", bank.bank.unwrap_or_default()),
            ("note on invoices", self.note.clone().unwrap_or_default()),
            ("terms of payment", self.terms.clone()),
            ("reminders", days(&self.reminders)),
            ("resale floor", self.floor.to_string()),
        ]
    }
}

/// Days as they are typed and stored: `7 14 30`.
pub(super) fn days(days: &[u16]) -> String {
    days.iter().map(u16::to_string).collect::<Vec<_>>().join(" ")
}
