//! Invoices: numbered without gaps, and never changed once they are issued (B5).

use domain::{
    AccountId, ChargeId, InvoiceId, OrderLineId, Timestamp,
    billing::{Charge, Cycle, Every, Invoice, InvoiceLine, InvoiceNumber, Part},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, maybe_day, micros},
};

/// A charge that is on no invoice yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToInvoice {
    /// The charge.
    pub id: ChargeId,
    /// The order line that it is of; with the same days, its charges are one line of an invoice.
    pub order_line: OrderLineId,
    /// Whose license it is for.
    pub customer: AccountId,
    /// The line of one license.
    pub line: InvoiceLine,
}

/// A charge of an account that is not invoiced yet; `None` when it is, or costs nothing.
///
/// # Errors
/// When the database cannot.
pub async fn to_invoice(tx: &mut Tx, account: AccountId, charge: ChargeId) -> Result<Option<ToInvoice>, Error> {
    let query = sqlx::query(
        "select c.id, c.order_line_id, c.net, c.tax, c.rate, c.currency, c.part_start, c.part_end, l.customer_id,
             coalesce(s.unit_amount, t.unit_amount) as unit_amount, s.every, s.cycle_start, s.cycle_day,
             p.name || ', ' || o.name as text
         from charges c
         join licenses l on l.id = c.license_id
         join order_lines t on t.id = c.order_line_id
         join license_options o on o.id = t.option_id
         join products p on p.id = o.product_id
         left join subscriptions s on s.order_line_id = t.id
         where c.id = $1 and c.account_id = $2 and c.invoice_id is null and c.amount > 0",
    );
    let row = query.bind(charge.to_string()).bind(account.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<ToInvoice, Error> {
    let amount = row.taxed("net", "tax", "currency")?;
    let unit = row.money("unit_amount", "currency")?;
    let charge = Charge::made_before(1, unit, part(row)?, row.rate("rate")?, amount);
    Ok(ToInvoice {
        id: row.parsed("id")?,
        order_line: row.parsed("order_line_id")?,
        customer: row.parsed("customer_id")?,
        line: InvoiceLine { text: row.text("text")?, charge },
    })
}

/// The days that a charge is for, of the period of its subscription's cycle.
fn part(row: &AnyRow) -> Result<Option<Part>, Error> {
    let days = row.maybe_parsed("part_start")?.zip(row.maybe_parsed("part_end")?);
    let Some(((start, end), every)) = days.zip(row.maybe_word("every", Every::from_word)?) else {
        return Ok(None);
    };
    let day = u8::try_from(row.int("cycle_day")?).unwrap_or(31);
    let cycle = Cycle { every, start: row.parsed("cycle_start")?, day };
    let rest = cycle.period_of(start).and_then(|of| Part::rest(of, start));
    Ok(rest.map(|rest| rest.cut(end).map_or(rest, |(before, _)| before)))
}

/// Takes the next number. Whoever asks at the same time waits until this transaction ends, and gets it if it fails.
///
/// # Errors
/// When the database cannot.
pub async fn next_number(tx: &mut Tx) -> Result<InvoiceNumber, Error> {
    let query = sqlx::query_scalar(
        "update document_numbers
         set last = last + 1
         where kind = 'invoice'
         returning last",
    );
    Ok(InvoiceNumber(query.fetch_one(tx.db()).await?))
}

/// What is stored with a new invoice beside what it says.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Its id.
    pub id: InvoiceId,
    /// Whose it is.
    pub account: AccountId,
    /// Whose licenses they are, where the account has an invoice for each customer.
    pub customer: Option<AccountId>,
    /// What it says.
    pub invoice: &'a Invoice,
    /// Who writes to whom, as JSON.
    pub letterhead: &'a str,
    /// The charges of each of its lines.
    pub charges: &'a [Vec<ChargeId>],
    /// Since when.
    pub created_at: Timestamp,
}

/// Stores a new invoice with its lines, and says so at its charges. What is settled of these is settled of it.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<(), Error> {
    let invoice = new.invoice;
    let query = sqlx::query(
        "insert into invoices (id, number, account_id, customer_id, currency, issued_on, due_on, net, tax, open,
             letterhead, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id.to_string())
    .bind(invoice.number().0)
    .bind(new.account.to_string())
    .bind(new.customer.map(|customer| customer.to_string()))
    .bind(invoice.total().net().currency.code())
    .bind(invoice.issued_on().to_string())
    .bind(invoice.due_on().to_string())
    .bind(invoice.total().net().minor)
    .bind(invoice.total().tax().minor)
    .bind(invoice.total().gross().minor)
    .bind(new.letterhead.to_owned())
    .bind(micros(new.created_at));
    query.execute(tx.db()).await?;
    for ((at, line), charges) in (0..).zip(invoice.lines()).zip(new.charges) {
        insert_line(tx, new.id, at, line).await?;
        for charge in charges {
            let query = sqlx::query("update charges set invoice_id = $1, invoice_line = $2 where id = $3");
            query.bind(new.id.to_string()).bind(at).bind(charge.to_string()).execute(tx.db()).await?;
        }
    }
    let query = sqlx::query(
        "update invoices
         set open = (select cast(coalesce(sum(c.open), 0) as bigint) from charges c where c.invoice_id = $1)
         where id = $1",
    );
    query.bind(new.id.to_string()).execute(tx.db()).await?;
    Ok(())
}

async fn insert_line(tx: &mut Tx, invoice: InvoiceId, at: i64, line: &InvoiceLine) -> Result<(), Error> {
    let (charge, part) = (line.charge, line.charge.part());
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
    .bind(maybe_day(part.map(|part| part.days().start)))
    .bind(maybe_day(part.map(|part| part.days().end)))
    .bind(maybe_day(part.map(|part| part.of().start)))
    .bind(maybe_day(part.map(|part| part.of().end)))
    .bind(i64::from(charge.rate().get()))
    .bind(charge.amount().net().minor)
    .bind(charge.amount().tax().minor);
    query.execute(tx.db()).await?;
    Ok(())
}
