//! A credit note as it is printed.

use domain::{
    Deed,
    billing::{CreditNote, CreditNoteNumber, Invoice, Letterhead},
};

use super::notes;
use crate::{Cx, Error};

/// All that stands on the paper.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The credit note.
    pub note: CreditNote,
    /// Its invoice.
    pub invoice: Invoice,
    /// Who wrote to whom on its day.
    pub letterhead: Letterhead,
}

/// A credit note of the own account; for staff, of any.
///
/// # Errors
/// [`Error::NotFound`] when there is none for the actor.
pub async fn printed(cx: &Cx, number: CreditNoteNumber) -> Result<Printed, Error> {
    cx.may(if cx.scope().operator() { Deed::SeeInvoices } else { Deed::SeeBilling })?;
    let mut tx = cx.service.store.read().await?;
    let invoiced = store::credit_notes::invoice_of(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let stored = store::credit_notes::of_invoice(&mut tx, &invoiced).await?;
    let letterhead = stored.into_iter().find(|note| note.number == number).ok_or(Error::NotFound)?.letterhead;
    let note = notes(&mut tx, &invoiced).await?.into_iter().find(|note| note.number() == number);
    Ok(Printed {
        note: note.ok_or(Error::NotFound)?,
        invoice: invoiced.invoice,
        letterhead: serde_json::from_str(&letterhead).map_err(|why| Error::Internal(why.to_string()))?,
    })
}
