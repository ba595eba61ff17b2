//! An issued invoice, read again with its lines, for whoever credits it.

use domain::{
    AccountId, InvoiceId, Money, Scope,
    billing::{Charge, Invoice, InvoiceLine, InvoiceNumber, Part, Period},
};
use sqlx::any::AnyRow;

use crate::{Error, Tx, row::Read};

/// An invoice as it was issued, and what its credit notes cancel of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoiced {
    /// Its id.
    pub id: InvoiceId,
    /// Whose it is.
    pub account: AccountId,
    /// What it says.
    pub invoice: Invoice,
    /// Who wrote to whom, as JSON.
    pub letterhead: String,
    /// What its credit notes cancel.
    pub credited: Money,
}

impl Invoiced {
    /// Whether whoever asks may read it: the account itself, or the operator.
    pub fn is_of(&self, scope: &Scope) -> bool {
        scope.operator() || scope.reseller() == Some(self.account)
    }
}

const COLUMNS: &str = "id, number, account_id, currency, issued_on, due_on, letterhead, credited";

/// An invoice of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, id: InvoiceId) -> Result<Option<Invoiced>, Error> {
    let query = sqlx::query(crate::tx::pieces(format!("select {COLUMNS} from invoices where id = $1")));
    let row = query.bind(id.to_string()).fetch_optional(tx.db()).await?;
    whole(tx, row).await
}

/// The invoice of that number of whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn numbered(tx: &mut Tx, scope: &Scope, number: InvoiceNumber) -> Result<Option<Invoiced>, Error> {
    let query = sqlx::query(crate::tx::pieces(format!("select {COLUMNS} from invoices where number = $1")));
    let row = query.bind(number.0).fetch_optional(tx.db()).await?;
    Ok(whole(tx, row).await?.filter(|invoice| invoice.is_of(scope)))
}

async fn whole(tx: &mut Tx, row: Option<AnyRow>) -> Result<Option<Invoiced>, Error> {
    let Some(row) = row else { return Ok(None) };
    let id: InvoiceId = row.parsed("id")?;
    let query = sqlx::query(
        "select l.text, l.quantity, l.unit_amount, l.part_start, l.part_end, l.period_start, l.period_end, l.rate, l.net,
             l.tax, i.currency
         from invoice_lines l
         join invoices i on i.id = l.invoice_id
         where l.invoice_id = $1
         order by l.line",
    );
    let lines = query.bind(id.to_string()).fetch_all(tx.db()).await?;
    let lines = lines.iter().map(line).collect::<Result<Vec<_>, Error>>()?;
    let (issued, due): (chrono::NaiveDate, chrono::NaiveDate) = (row.parsed("issued_on")?, row.parsed("due_on")?);
    let number = InvoiceNumber(row.int("number")?);
    let invoice = Invoice::issue(number, row.currency("currency")?, lines, issued, (due - issued).num_days());
    let unreadable = |_| Error::Unreadable { column: "lines", value: number.to_string() };
    Ok(Some(Invoiced {
        id,
        account: row.parsed("account_id")?,
        invoice: invoice.map_err(unreadable)?,
        letterhead: row.text("letterhead")?,
        credited: row.money("credited", "currency")?,
    }))
}

fn line(row: &AnyRow) -> Result<InvoiceLine, Error> {
    let (unit, amount) = (row.money("unit_amount", "currency")?, row.taxed("net", "tax", "currency")?);
    let charge = Charge::made_before(row.small("quantity")?, unit, part(row)?, row.rate("rate")?, amount);
    Ok(InvoiceLine { text: row.text("text")?, charge })
}

/// The days that a line is for, and the period that they are of.
fn part(row: &AnyRow) -> Result<Option<Part>, Error> {
    let period = |start, end| -> Result<Option<Period>, Error> {
        Ok(row.maybe_parsed(start)?.zip(row.maybe_parsed(end)?).map(|(start, end)| Period { start, end }))
    };
    let days = period("part_start", "part_end")?;
    let of = period("period_start", "period_end")?.or(days);
    Ok(days.zip(of).and_then(|(days, of)| {
        let rest = Part::rest(of, days.start)?;
        Some(rest.cut(days.end).map_or(rest, |(before, _)| before))
    }))
}
