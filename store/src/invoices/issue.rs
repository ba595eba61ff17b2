//! Keeping an invoice that is issued: its number, its lines, and which charges are on it.

use domain::{
    ChargeId, InvoiceId,
    billing::{InvoiceLine, InvoiceNumber},
};

use super::Stored;
use crate::{
    Error, Tx,
    row::{maybe_day, micros, unreadable},
};

/// The next number. Whoever asks at the same time waits until this transaction ends, and a number whose transaction fails is the next
/// one's: the guard against gaps is the row itself.
///
/// # Errors
/// When the database cannot.
pub async fn next_number(tx: &mut Tx) -> Result<InvoiceNumber, Error> {
    let query = sqlx::query_scalar("update document_numbers set last = last + 1 where kind = 'invoice' returning last");
    Ok(InvoiceNumber(query.fetch_one(tx.db()).await?))
}

/// Stores an invoice that is issued, with its lines.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, new: &Stored) -> Result<(), Error> {
    let (invoice, total) = (&new.invoice, new.invoice.total());
    let letterhead = serde_json::to_string(&new.letterhead).map_err(|error| unreadable("letterhead", error))?;
    let query = sqlx::query(
        "insert into invoices (id, number, account_id, customer_id, currency, issued_on, due_on, net, tax, open, credited,
             letterhead, created_at, paid_ahead)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(new.id.to_string())
    .bind(invoice.number().0)
    .bind(new.account.to_string())
    .bind(new.customer.map(|customer| customer.to_string()))
    .bind(total.net().currency.code())
    .bind(invoice.issued_on().to_string())
    .bind(invoice.due_on().to_string())
    .bind(total.net().minor)
    .bind(total.tax().minor)
    .bind(new.open.minor)
    .bind(new.credited.minor)
    .bind(letterhead)
    .bind(micros(new.created_at))
    .bind(new.paid_ahead.minor);
    query.execute(tx.db()).await?;
    for (at, line) in (0_i64..).zip(invoice.lines()) {
        insert_line(tx, new.id, at, line).await?;
    }
    Ok(())
}

async fn insert_line(tx: &mut Tx, invoice: InvoiceId, at: i64, line: &InvoiceLine) -> Result<(), Error> {
    let (charge, part) = (&line.charge, line.charge.part());
    let (days, of) = (part.map(domain::billing::Part::days), part.map(domain::billing::Part::of));
    let query = sqlx::query(
        "insert into invoice_lines (invoice_id, line, text, quantity, unit_amount, part_start, part_end, period_start,
             period_end, rate, net, tax)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(invoice.to_string())
    .bind(at)
    .bind(line.text.clone())
    .bind(i64::from(charge.quantity()))
    .bind(charge.unit().minor)
    .bind(maybe_day(days.map(|days| days.start)))
    .bind(maybe_day(days.map(|days| days.end)))
    .bind(maybe_day(of.map(|of| of.start)))
    .bind(maybe_day(of.map(|of| of.end)))
    .bind(i64::from(charge.rate().get()))
    .bind(charge.amount().net().minor)
    .bind(charge.amount().tax().minor);
    query.execute(tx.db()).await?;
    Ok(())
}

/// A charge is on a line of an invoice; `false` when it is on one already. The guard is the `where`: nothing is invoiced twice.
///
/// # Errors
/// When the database cannot.
pub async fn take(tx: &mut Tx, charge: ChargeId, invoice: InvoiceId, line: i64) -> Result<bool, Error> {
    let query = sqlx::query(
        "update charges
         set invoice_id = $1, invoice_line = $2
         where id = $3 and invoice_id is null",
    );
    let query = query.bind(invoice.to_string()).bind(line).bind(charge.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}
