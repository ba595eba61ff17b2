//! Invoices and credit notes as PDF (B5): what was issued goes in, the bytes of a file come out, the same ones each time.
//!
//! - [`sheet`] says what stands on the paper, in words and figures.
//! - [`draw`] says where: A4, the address in the window of an envelope, a table that goes on over pages.
//! - [`paper`] holds the pages and the order in which they are read, and writes the file (PDF/A-2a, PDF/UA-1).
//! - [`text`] makes lines of whatever was typed, in either direction; [`fonts`] are those it is drawn in.
//!
//! Why these libraries: `docs/decisions/invoices-as-pdf.md`.

mod draw;
mod fonts;
mod paper;
mod sheet;
mod text;

use domain::Money;
use domain::billing::{CreditError, CreditNote, Invoice, Letterhead};
use domain::money::AmountError;

use self::sheet::Sheet;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Its amounts cannot be summed by rate.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// The credit note belongs to another invoice.
    #[error(transparent)]
    Credit(#[from] CreditError),
    /// The file would not be what it says of itself; a mistake of ours.
    #[error("this cannot be written as PDF: {0}")]
    File(String),
}

/// An invoice, of which so much was paid when it was issued (V6).
///
/// # Errors
/// [`PdfError`].
pub fn invoice(invoice: &Invoice, paid_ahead: Money, letterhead: &Letterhead) -> Result<Vec<u8>, PdfError> {
    draw::file(&Sheet::of_invoice(invoice, paid_ahead, letterhead)?)
}

/// A credit note, which gives back lines of its invoice for that reason (B9).
///
/// # Errors
/// [`PdfError`].
pub fn credit_note(
    note: &CreditNote,
    invoice: &Invoice,
    letterhead: &Letterhead,
    reason: &str,
) -> Result<Vec<u8>, PdfError> {
    draw::file(&Sheet::of_credit_note(note, invoice, letterhead, reason)?)
}

#[cfg(test)]
mod tests;
