//! Issuing a credit note: numbered, entered into the ledger, and settled (B5).

use domain::{
    ChargeId, Refusal,
    audit::What,
    billing::{CreditLine, CreditNote, CreditNoteNumber},
};
use serde_json::json;
use store::{Tx, accounts::Account, credit_notes::New, invoices::Stored as Invoiced};

use crate::{Cx, Error, billing::paper::letterhead, ledger, moment::Zone};

/// What is credited.
pub(in crate::billing) struct Credit<'a> {
    /// Whose invoice it is; held by whoever credits it.
    pub account: &'a Account,
    /// The invoice.
    pub invoice: &'a Invoiced,
    /// Of which lines how much.
    pub lines: Vec<CreditLine>,
    /// Whose charges it settles before the others of the invoice: those of a license that is given back.
    pub first: &'a [ChargeId],
    /// Why.
    pub reason: &'a str,
}

/// Issues a credit note, which settles what it is first meant for, then what is open of its lines, of its invoice, and the oldest.
pub(in crate::billing) async fn issue(cx: &Cx, tx: &mut Tx, credit: Credit<'_>) -> Result<CreditNote, Error> {
    let Credit { account, invoice, lines, first, reason } = credit;
    let (now, today) = (cx.now(), Zone::of(account).day(cx.now()));
    let credited: Vec<_> = lines.iter().map(|line| line.line).collect();
    let before = notes(tx, invoice).await?;
    let number = store::credit_notes::next_number(tx).await?;
    let note = CreditNote::of(&invoice.invoice, &before, number, today, lines).map_err(Refusal::from)?;
    let billed = store::accounts::invoiced(tx, account.id).await?.ok_or(Error::NotFound)?;
    let letterhead = letterhead(tx, &billed, invoice.letterhead.customer.clone()).await?;
    let id = cx.service.random.id(now);
    let new = New { id, note: &note, reason, letterhead: &letterhead, created_at: now };
    if !store::credit_notes::insert(tx, invoice, &new).await? {
        return Err(Refusal::NothingToCredit.into());
    }
    let amount = note.total().gross().opposite().map_err(Refusal::from)?;
    let words = format!("{number} for {}", invoice.invoice.number());
    store::ledger::credit(tx, account.id, id, amount, &words, now).await?;
    let of_invoice = store::charges::of_invoice(tx, invoice.id, &credited).await?;
    let meant_for = [first, &of_invoice].concat();
    ledger::settle(&cx.service, tx, account.id, &meant_for, now).await?;
    let detail = json!({
        "credit note": number.to_string(),
        "invoice": invoice.invoice.number().to_string(),
        "total": amount.to_string(),
        "reason": reason,
    });
    cx.write_down(tx, What::InvoiceCredited, invoice.id, account.id, detail).await?;
    Ok(note)
}

/// The credit notes that an invoice has.
pub(in crate::billing) async fn notes(tx: &mut Tx, invoice: &Invoiced) -> Result<Vec<CreditNote>, Error> {
    let mut notes: Vec<CreditNote> = Vec::new();
    for stored in store::credit_notes::of_invoice(tx, invoice).await? {
        let number: CreditNoteNumber = stored.number;
        let note = CreditNote::of(&invoice.invoice, &notes, number, stored.issued_on, stored.lines);
        notes.push(note.map_err(|why| Error::Internal(format!("{number}: {why}")))?);
    }
    Ok(notes)
}
