//! The credit notes of an invoice, as its page and the files show them.

use chrono::NaiveDate;
use domain::{
    Scope,
    billing::{CreditLine, CreditNote, CreditNoteNumber, InvoiceNumber, Letterhead, Taxed},
};
use sqlx::any::AnyRow;

use super::{Stored, of_number};
use crate::{
    Error, Tx,
    row::{Read, unreadable},
};

/// A credit note of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// Its number.
    pub number: CreditNoteNumber,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What is given back, more than nothing.
    pub amount: Taxed,
    /// Why.
    pub reason: String,
}

/// The credit notes of an invoice that has been found in scope, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn credit_notes(tx: &mut Tx, invoice: &Stored) -> Result<Vec<Credited>, Error> {
    let query = sqlx::query(
        "select number, issued_on, currency, net, tax, reason
         from credit_notes
         where invoice_id = $1
         order by number",
    );
    let rows = query.bind(invoice.id.to_string()).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Credited {
                number: CreditNoteNumber(row.int("number")?),
                issued_on: row.parsed("issued_on")?,
                amount: amount(row)?,
                reason: row.text("reason")?,
            })
        })
        .collect()
}

/// The credit note of that number with its invoice, what its letterhead said, and why it was issued, of the reseller who asks; the
/// operator's are all.
///
/// # Errors
/// When the database cannot.
pub async fn credit_note(
    tx: &mut Tx,
    scope: &Scope,
    number: CreditNoteNumber,
) -> Result<Option<(CreditNote, Stored, Letterhead, String)>, Error> {
    let query = sqlx::query(
        "select n.id, n.issued_on, n.letterhead, n.reason, i.number as invoice
         from credit_notes n
         join invoices i on i.id = n.invoice_id
         where n.number = $1",
    );
    let Some(row) = query.bind(number.0).fetch_optional(tx.db()).await? else { return Ok(None) };
    let Some(invoice) = of_number(tx, scope, InvoiceNumber(row.int("invoice")?)).await? else { return Ok(None) };
    let query = sqlx::query(
        "select l.line, l.net, l.tax, n.currency
         from credit_note_lines l
         join credit_notes n on n.id = l.credit_note_id
         where n.id = $1
         order by l.line",
    );
    let rows = query.bind(row.text("id")?).fetch_all(tx.db()).await?;
    let line = |row: &AnyRow| Ok(CreditLine { line: row.small("line")? as usize, amount: amount(row)? });
    let lines = rows.iter().map(line).collect::<Result<_, Error>>()?;
    // It was checked against those before it when it was issued.
    let note = CreditNote::of(&invoice.invoice, &[], number, row.parsed("issued_on")?, lines);
    let note = note.map_err(|error| unreadable("credit_note_id", error))?;
    let letterhead = row.word("letterhead", |text| serde_json::from_str(text).ok())?;
    Ok(Some((note, invoice, letterhead, row.text("reason")?)))
}

fn amount(row: &AnyRow) -> Result<Taxed, Error> {
    let amount = Taxed::new(row.money("net", "currency")?, row.money("tax", "currency")?);
    amount.map_err(|error| unreadable("net", error))
}
