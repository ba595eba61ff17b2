//! Payments that somebody begins: what is paid for, by which way, and what their pages show (B6, B7, C6).

mod cancel;
mod receipts;
mod views;

use serde::{Deserialize, Serialize};

pub use self::{
    cancel::CancelForm,
    receipts::{Dry, DryReceipt, DryRun, ReceiptPage, ReceiptRow, Receipts, ReceiptsQuery, ReceiptsShown, Whose},
    views::{
        CheckoutPage, Discount, PaidFor, PayForm, PaymentPage, PaymentRow, Payments, PaymentsQuery, TopUpPage, Waits,
    },
};
use super::InvoiceNumber;
use crate::{FieldErrors, LicenseId, Refusal, words::words};

words! {
    /// What a payment is for.
    Purpose {
        /// Licenses that were ticked (B6).
        Licenses = "licenses", "Licenses";
        /// An invoice, or all that are overdue.
        Invoices = "invoices", "Invoices";
        /// Credit (C6).
        TopUp = "top-up", "Top-up";
    }
}

words! {
    /// How one pays (B7).
    Method {
        /// With a reference; finance records what came in.
        BankTransfer = "bank-transfer", "Bank transfer";
        /// On a hosted page.
        Card = "card", "Card";
    }
}

impl Method {
    /// The way that was chosen, of those that are offered.
    ///
    /// # Errors
    /// A message at `method`.
    pub fn check(typed: &str, card: bool) -> Result<Self, FieldErrors> {
        Self::from_word(typed)
            .filter(|method| card || *method == Self::BankTransfer)
            .ok_or_else(|| FieldErrors::at("method", "Choose how to pay."))
    }
}

/// How many licenses one payment is for at most: as many as can be ticked.
const LICENSES_MOST: usize = 500;

/// What is to be paid, as it stands in an address or a form: one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ToPayForm {
    /// Licenses, with commas between them.
    pub license: String,
    /// The number of an invoice.
    pub invoice: String,
    /// `on`: all that is overdue.
    pub overdue: String,
}

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToPay {
    /// These licenses, each once.
    Licenses(Vec<LicenseId>),
    /// This invoice.
    Invoice(InvoiceNumber),
    /// All invoices that are overdue.
    Overdue,
}

impl ToPayForm {
    /// These licenses.
    pub fn of_licenses(ids: &[LicenseId]) -> Self {
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        Self { license: ids.join(","), ..Self::default() }
    }

    /// What it says.
    ///
    /// # Errors
    /// [`Refusal::NothingToPay`] when it says nothing that can be read.
    pub fn check(&self) -> Result<ToPay, Refusal> {
        if self.overdue == "on" {
            return Ok(ToPay::Overdue);
        }
        if !self.invoice.trim().is_empty() {
            return self.invoice.parse().map(ToPay::Invoice).map_err(|_| Refusal::NothingToPay);
        }
        let parts = self.license.split(',').map(str::trim).filter(|part| !part.is_empty());
        let ids: Result<Vec<LicenseId>, _> = parts.map(str::parse).collect();
        let mut ids = ids.map_err(|_| Refusal::NothingToPay)?;
        ids.sort_unstable();
        ids.dedup();
        match ids.len() {
            1..=LICENSES_MOST => Ok(ToPay::Licenses(ids)),
            _ => Err(Refusal::NothingToPay),
        }
    }
}

impl ToPay {
    /// What a payment for it is for.
    pub const fn purpose(&self) -> Purpose {
        match self {
            Self::Licenses(_) => Purpose::Licenses,
            Self::Invoice(_) | Self::Overdue => Purpose::Invoices,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "0197c0de-0000-7000-8000-000000000001";
    const TWO: &str = "0197c0de-0000-7000-8000-000000000002";

    fn licenses(text: String) -> Result<ToPay, Refusal> {
        ToPayForm { license: text, ..ToPayForm::default() }.check()
    }

    #[test]
    fn b6_licenses_in_an_address_are_each_paid_once() {
        let both = vec![ONE.parse().expect("an id"), TWO.parse().expect("an id")];
        assert_eq!(licenses(format!("{TWO},{ONE}, {TWO}")), Ok(ToPay::Licenses(both.clone())));
        assert_eq!(ToPayForm::of_licenses(&both).check(), Ok(ToPay::Licenses(both)));
    }

    #[test]
    fn b6_an_address_that_names_nothing_or_too_much_is_refused() {
        assert_eq!(ToPayForm::default().check(), Err(Refusal::NothingToPay));
        for wrong in ["x".to_owned(), ",,".to_owned(), format!("{ONE},1 or 1=1")] {
            assert_eq!(licenses(wrong.clone()), Err(Refusal::NothingToPay), "{wrong}");
        }
        let many: Vec<_> = (0..501).map(|n| format!("0197c0de-0000-7000-8000-{n:012}")).collect();
        assert_eq!(licenses(many.join(",")), Err(Refusal::NothingToPay));
    }

    #[test]
    fn b6_an_invoice_is_named_as_it_is_shown() {
        let invoice = |text: &str| ToPayForm { invoice: text.to_owned(), ..ToPayForm::default() }.check();
        assert_eq!(invoice("INV-000042"), Ok(ToPay::Invoice(InvoiceNumber(42))));
        assert_eq!(invoice("-1"), Err(Refusal::NothingToPay));
    }

    #[test]
    fn b7_a_card_is_a_way_only_where_cards_are_taken() {
        assert_eq!(Method::check("card", true), Ok(Method::Card));
        assert!(Method::check("card", false).is_err());
        assert!(Method::check("", true).is_err());
        assert_eq!(Method::check("bank-transfer", false), Ok(Method::BankTransfer));
    }
}
