//! Credit notes: what they give back of an invoice, and the invoice as it stands then (B5).

use chrono::NaiveDate;
use domain::{
    AccountId, CreditNoteId, Timestamp,
    billing::{CreditLine, CreditNote, CreditNoteNumber, Letterhead, Taxed},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx, invoices,
    row::{Read, micros, unreadable},
};

/// A credit note as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: CreditNoteId,
    /// Its number.
    pub number: CreditNoteNumber,
    /// Whose it is.
    pub account: AccountId,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What it gives back, more than nothing.
    pub total: Taxed,
    /// Why.
    pub reason: String,
    /// Of which lines it gives back how much.
    pub lines: Vec<CreditLine>,
}

/// What is stored with a new one beside what it says.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Its id.
    pub id: CreditNoteId,
    /// What it says.
    pub note: &'a CreditNote,
    /// Why.
    pub reason: &'a str,
    /// Who wrote to whom.
    pub letterhead: &'a Letterhead,
    /// Since when.
    pub created_at: Timestamp,
}

/// Takes the next number. Whoever asks at the same time waits until this transaction ends, and gets it if it fails.
///
/// # Errors
/// When the database cannot.
pub async fn next_number(tx: &mut Tx) -> Result<CreditNoteNumber, Error> {
    let query = sqlx::query_scalar(
        "update document_numbers
         set last = last + 1
         where kind = 'credit-note'
         returning last",
    );
    Ok(CreditNoteNumber(query.fetch_one(tx.db()).await?))
}

/// Stores a new one with its lines, and what its invoice is credited by. `false` when that is more than the invoice holds: the guard is
/// the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, invoice: &invoices::Stored, new: &New<'_>) -> Result<bool, Error> {
    let total = new
        .note
        .lines()
        .iter()
        .fold((0, 0), |(net, tax), line| (net + line.amount.net().minor, tax + line.amount.tax().minor));
    let query =
        sqlx::query("update invoices set credited = credited + $1 where id = $2 and credited + $1 <= net + tax");
    let done = query.bind(total.0 + total.1).bind(invoice.id.to_string()).execute(tx.db()).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let query = sqlx::query(
        "insert into credit_notes (id, number, invoice_id, account_id, issued_on, currency, net, tax, reason,
             letterhead, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(new.id.to_string())
    .bind(new.note.number().0)
    .bind(invoice.id.to_string())
    .bind(invoice.account.to_string())
    .bind(new.note.issued_on().to_string())
    .bind(new.note.total().net().currency.code())
    .bind(total.0)
    .bind(total.1)
    .bind(new.reason.to_owned())
    .bind(serde_json::to_string(new.letterhead).map_err(|error| unreadable("letterhead", error))?)
    .bind(micros(new.created_at));
    query.execute(tx.db()).await?;
    for CreditLine { line, amount } in new.note.lines() {
        let query = sqlx::query(
            "insert into credit_note_lines (credit_note_id, line, net, tax)
             values ($1, $2, $3, $4)",
        )
        .bind(new.id.to_string())
        .bind(i64::try_from(*line).unwrap_or(i64::MAX))
        .bind(amount.net().minor)
        .bind(amount.tax().minor);
        query.execute(tx.db()).await?;
    }
    Ok(true)
}

/// The credit notes of an invoice that has been found in scope, oldest first.
///
/// # Errors
/// When the database cannot.
pub async fn of_invoice(tx: &mut Tx, invoice: &invoices::Stored) -> Result<Vec<Stored>, Error> {
    let query = sqlx::query(
        "select n.id, n.number, n.account_id, n.issued_on, n.currency, n.net, n.tax, n.reason,
             l.line, l.net as line_net, l.tax as line_tax
         from credit_notes n
         join credit_note_lines l on l.credit_note_id = n.id
         where n.invoice_id = $1
         order by n.number, l.line",
    );
    let rows = query.bind(invoice.id.to_string()).fetch_all(tx.db()).await?;
    let mut notes: Vec<Stored> = Vec::new();
    for row in &rows {
        let read = read(row)?;
        let line =
            CreditLine { line: row.small("line")? as usize, amount: row.taxed("line_net", "line_tax", "currency")? };
        match notes.last_mut().filter(|note| note.id == read.id) {
            Some(note) => note.lines.push(line),
            None => notes.push(Stored { lines: vec![line], ..read }),
        }
    }
    Ok(notes)
}

fn read(row: &AnyRow) -> Result<Stored, Error> {
    Ok(Stored {
        id: row.parsed("id")?,
        number: CreditNoteNumber(row.int("number")?),
        account: row.parsed("account_id")?,
        issued_on: row.parsed("issued_on")?,
        total: row.taxed("net", "tax", "currency")?,
        reason: row.text("reason")?,
        lines: Vec::new(),
    })
}
