//! Invoices: numbered, immutable once issued, with what is open of them (B5).

mod credited;
mod issue;
mod list;
mod waiting;

pub use credited::{Credited, credit_note, credit_notes};
pub use issue::{insert, next_number, take};
pub use list::{Listed, OpenInvoice, Owed, View, open_of, overdue, page};
pub use waiting::{Waiting, accounts_due, chosen, waiting};

use domain::{
    AccountId, ChargeId, InvoiceId, Money, Scope, Timestamp,
    billing::{Charge, Invoice, InvoiceLine, InvoiceNumber, Letterhead, Part, Period, Taxed},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, unreadable},
};

/// An invoice as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: InvoiceId,
    /// Who is billed.
    pub account: AccountId,
    /// Whose licenses they are, where the account has an invoice for each customer.
    pub customer: Option<AccountId>,
    /// What was issued.
    pub invoice: Invoice,
    /// What is not settled of it.
    pub open: Money,
    /// What was settled of it when it was issued (V6).
    pub paid_ahead: Money,
    /// What its credit notes cancel.
    pub credited: Money,
    /// Who wrote to whom, as that was on its day.
    pub letterhead: Letterhead,
    /// When it was issued.
    pub created_at: Timestamp,
}

impl Stored {
    /// What payments and credits cover of it.
    ///
    /// # Errors
    /// Never, for what the store has read.
    pub fn settled(&self) -> Result<Money, domain::money::AmountError> {
        self.invoice.total().gross().minus(self.open)
    }
}

/// The invoice of that number, of the reseller who asks; the operator's are all.
///
/// # Errors
/// When the database cannot.
pub async fn of_number(tx: &mut Tx, scope: &Scope, number: InvoiceNumber) -> Result<Option<Stored>, Error> {
    let query = sqlx::query(
        "select id, number, account_id, customer_id, currency, issued_on, due_on, open, paid_ahead, credited, letterhead, created_at
         from invoices
         where number = $1",
    );
    let Some(row) = query.bind(number.0).fetch_optional(tx.db()).await? else { return Ok(None) };
    let account: AccountId = row.parsed("account_id")?;
    match scope.operator() || scope.reseller() == Some(account) {
        true => read(tx, &row, account).await.map(Some),
        false => Ok(None),
    }
}

/// An invoice of which it is already known that it may be read.
///
/// # Errors
/// When the database cannot.
pub async fn by_id(tx: &mut Tx, id: InvoiceId) -> Result<Option<Stored>, Error> {
    let query = sqlx::query(
        "select id, number, account_id, customer_id, currency, issued_on, due_on, open, paid_ahead, credited, letterhead, created_at
         from invoices
         where id = $1",
    );
    let Some(row) = query.bind(id.to_string()).fetch_optional(tx.db()).await? else { return Ok(None) };
    read(tx, &row, row.parsed("account_id")?).await.map(Some)
}

async fn read(tx: &mut Tx, row: &AnyRow, account: AccountId) -> Result<Stored, Error> {
    let (id, currency) = (row.parsed("id")?, row.currency("currency")?);
    let (issued_on, due_on): (chrono::NaiveDate, chrono::NaiveDate) = (row.parsed("issued_on")?, row.parsed("due_on")?);
    let days = (due_on - issued_on).num_days();
    let lines = lines(tx, id, currency).await?;
    let invoice = Invoice::issue(InvoiceNumber(row.int("number")?), currency, lines, issued_on, days);
    Ok(Stored {
        id,
        account,
        customer: row.maybe_parsed("customer_id")?,
        invoice: invoice.map_err(|error| unreadable("invoice_id", error))?,
        open: row.money("open", "currency")?,
        paid_ahead: row.money("paid_ahead", "currency")?,
        credited: row.money("credited", "currency")?,
        letterhead: row.word("letterhead", |text| serde_json::from_str(text).ok())?,
        created_at: row.time("created_at")?,
    })
}

/// The lines of an invoice with the amounts that were reckoned when it was issued.
async fn lines(tx: &mut Tx, id: InvoiceId, currency: domain::Currency) -> Result<Vec<InvoiceLine>, Error> {
    let query = sqlx::query(
        "select text, quantity, unit_amount, part_start, part_end, period_start, period_end, rate, net, tax
         from invoice_lines
         where invoice_id = $1
         order by line",
    );
    let rows = query.bind(id.to_string()).fetch_all(tx.db()).await?;
    let line = |row: &AnyRow| {
        let money = |column| Ok::<_, Error>(Money::new(row.int(column)?, currency));
        let amount = Taxed::new(money("net")?, money("tax")?).map_err(|error| unreadable("net", error))?;
        let (part, rate) = (part(row)?, row.rate("rate")?);
        let charge = Charge::made_before(row.small("quantity")?, money("unit_amount")?, part, rate, amount);
        Ok(InvoiceLine { text: row.text("text")?, charge })
    };
    rows.iter().map(line).collect()
}

/// The days that a line pays for, of its period.
fn part(row: &AnyRow) -> Result<Option<Part>, Error> {
    let period = |start, end| {
        let (start, end) = (row.maybe_parsed(start)?, row.maybe_parsed(end)?);
        Ok::<_, Error>(start.zip(end).map(|(start, end)| Period { start, end }))
    };
    let (days, of) = (period("part_start", "part_end")?, period("period_start", "period_end")?);
    Ok(days.zip(of).map(|(days, of)| days_of(of, days)))
}

/// Some days of a period; all of it where they are none of its own.
fn days_of(of: Period, days: Period) -> Part {
    let from = Part::rest(of, days.start).unwrap_or(Part::whole(of));
    from.cut(days.end).map_or(from, |(first, _)| first)
}

/// So much of a charge is settled, or less than nothing of it where that is taken back: what is open of its invoice follows, if it
/// is on one.
pub(crate) async fn settled(tx: &mut Tx, charge: ChargeId, amount: Money) -> Result<(), Error> {
    let query = sqlx::query(
        "update invoices
         set open = open - $1
         where id = (select invoice_id from charges where id = $2)",
    );
    query.bind(amount.minor).bind(charge.to_string()).execute(tx.db()).await?;
    Ok(())
}
