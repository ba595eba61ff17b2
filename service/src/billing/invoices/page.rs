//! The page of one invoice, and what its file is made of.

use domain::{
    Deed, Money, Refusal,
    billing::{
        CreditNote, CreditNoteNumber, Invoice, InvoiceNumber, InvoicePage, InvoiceRow, Letterhead, ShownCredit,
        ShownLine,
    },
};
use store::{
    Tx,
    invoices::{Credited, Stored},
};

use crate::{Cx, Error, accounts, audit};

/// An invoice of the actor's account.
///
/// # Errors
/// [`Error::NotFound`] when it is another's, or the actor may not see it.
pub async fn find(cx: &Cx, number: InvoiceNumber) -> Result<InvoicePage, Error> {
    cx.may(Deed::SeeBilling)?;
    page(cx, number).await
}

/// An invoice of any account.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub async fn find_any(cx: &Cx, number: InvoiceNumber) -> Result<InvoicePage, Error> {
    cx.may(Deed::SeeInvoices)?;
    page(cx, number).await
}

/// What is printed of an invoice, with what was paid ahead of it: one of the actor's account, or for the staff any.
///
/// # Errors
/// As [`find`].
pub async fn file(cx: &Cx, deed: Deed, number: InvoiceNumber) -> Result<(Invoice, Money, Letterhead), Error> {
    cx.may(deed)?;
    let mut tx = cx.service.store.read().await?;
    let stored = store::invoices::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    Ok((stored.invoice, stored.paid_ahead, stored.letterhead))
}

/// What is printed of a credit note, with the invoice that it credits and the reason.
///
/// # Errors
/// As [`find`].
pub async fn credit_file(
    cx: &Cx,
    deed: Deed,
    number: CreditNoteNumber,
) -> Result<(CreditNote, Invoice, Letterhead, String), Error> {
    cx.may(deed)?;
    let mut tx = cx.service.store.read().await?;
    let found = store::invoices::credit_note(&mut tx, &cx.scope(), number).await?;
    let (note, stored, letterhead, reason) = found.ok_or(Error::NotFound)?;
    Ok((note, stored.invoice, letterhead, reason))
}

async fn page(cx: &Cx, number: InvoiceNumber) -> Result<InvoicePage, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let stored = store::invoices::of_number(&mut tx, &cx.scope(), number).await?.ok_or(Error::NotFound)?;
    let settled = stored.settled().map_err(Refusal::from)?;
    let invoice = &stored.invoice;
    Ok(InvoicePage {
        row: InvoiceRow {
            number,
            state: invoice.state(settled, stored.credited, zone.day(cx.now())),
            customer: stored.letterhead.customer.clone(),
            issued_on: invoice.issued_on(),
            due_on: invoice.due_on(),
            total: invoice.total().gross(),
            open: stored.open,
        },
        account: stored.account,
        reseller: stored.letterhead.to.name.clone(),
        lines: invoice.lines().iter().map(line).collect(),
        total: invoice.total(),
        taxes: invoice.taxes().map_err(Refusal::from)?,
        settled,
        credits: credits(&mut tx, &stored).await?,
        reference: invoice.reference().to_string(),
        bank: stored.letterhead.bank.clone(),
        history: audit::history(&mut tx, stored.id, zone).await?,
    })
}

fn line(line: &domain::billing::InvoiceLine) -> ShownLine {
    ShownLine {
        text: line.text.clone(),
        explained: line.charge.to_string(),
        amount: line.charge.amount(),
        part: line.charge.part(),
    }
}

async fn credits(tx: &mut Tx, invoice: &Stored) -> Result<Vec<ShownCredit>, Error> {
    let shown = |note: Credited| ShownCredit {
        number: note.number,
        issued_on: note.issued_on,
        amount: note.amount.gross(),
        reason: note.reason,
    };
    Ok(store::invoices::credit_notes(tx, invoice).await?.into_iter().map(shown).collect())
}
