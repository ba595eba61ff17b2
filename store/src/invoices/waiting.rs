//! Charges that are on no invoice yet (B3).

use chrono::NaiveDate;
use domain::{
    AccountId, BasisPoints, ChargeId, Money, OrderLineId, Timestamp,
    billing::{Cycle, Every, Part, Period, Taxed},
    orders::OrderNumber,
};
use sqlx::any::AnyRow;

use super::days_of;
use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, micros, unreadable},
};

/// A charge that is on no invoice yet, with all that a line of one says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The charge.
    pub charge: ChargeId,
    /// The order line that it is for.
    pub order_line: OrderLineId,
    /// The order.
    pub order: OrderNumber,
    /// Product and option, by name.
    pub what: String,
    /// Whose license it is.
    pub customer: AccountId,
    /// By name.
    pub customer_name: String,
    /// The price of one at which it was charged.
    pub unit: Money,
    /// How much.
    pub amount: Taxed,
    /// The rate of the tax in it.
    pub rate: BasisPoints,
    /// The days that it pays for.
    pub part: Option<Part>,
    /// From which day on it is invoiced, where that is not at once.
    pub invoice_from: Option<NaiveDate>,
    /// What is not settled of it.
    pub open: Money,
}

const WAITING: &str = "select c.id, c.net, c.tax, c.rate, c.currency, c.open, c.part_start, c.part_end, c.invoice_from, \
    c.order_line_id, c.unit_amount, d.number, d.customer_id, a.name as customer_name, o.name as option_name, \
    p.name as product_name, s.every, s.cycle_start, s.cycle_day \
    from charges c \
    join order_lines t on t.id = c.order_line_id \
    join orders d on d.id = t.order_id \
    join accounts a on a.id = d.customer_id \
    join license_options o on o.id = t.option_id \
    join products p on p.id = o.product_id \
    left join subscriptions s on s.order_line_id = t.id";

/// What has to be invoiced of an account by a day, oldest first, up to so many; with `since` only what was charged then or later.
///
/// # Errors
/// When the database cannot.
pub async fn waiting(
    tx: &mut Tx,
    account: AccountId,
    today: NaiveDate,
    since: Option<Timestamp>,
    most: i64,
) -> Result<Vec<Waiting>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("c.account_id = ? and c.invoice_id is null and c.amount > 0", [account.to_string().into()]);
    clauses.and("coalesce(c.invoice_from, '') <= ?", [today.to_string().into()]);
    if let Some(since) = since {
        clauses.and("c.created_at >= ?", [micros(since).into()]);
    }
    let sql = format!("{WAITING} where {} order by c.created_at, c.id limit {most}", clauses.text());
    clauses.rows(sql).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// Those of these charges of an account that are on no invoice yet, whenever they would be.
///
/// # Errors
/// When the database cannot.
pub async fn chosen(tx: &mut Tx, account: AccountId, charges: &[ChargeId]) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    for charge in charges {
        let mut clauses = Clauses::default();
        clauses.and("c.id = ?", [charge.to_string().into()]);
        clauses.and("c.account_id = ? and c.invoice_id is null and c.amount > 0", [account.to_string().into()]);
        let row = clauses.rows(format!("{WAITING} where {}", clauses.text())).fetch_optional(tx.db()).await?;
        found.extend(row.as_ref().map(read).transpose()?);
    }
    Ok(found)
}

/// Accounts that have something to invoice by a day, from behind `after`, up to so many.
///
/// # Errors
/// When the database cannot.
pub async fn accounts_due(
    tx: &mut Tx,
    by: NaiveDate,
    after: Option<AccountId>,
    most: i64,
) -> Result<Vec<AccountId>, Error> {
    let query = sqlx::query(
        "select account_id
         from charges
         where invoice_id is null and amount > 0 and coalesce(invoice_from, '') <= $1 and account_id > $2
         group by account_id
         order by account_id
         limit $3",
    );
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let rows = query.bind(by.to_string()).bind(after).bind(most).fetch_all(tx.db()).await?;
    rows.iter().map(|row| row.parsed("account_id")).collect()
}

fn read(row: &AnyRow) -> Result<Waiting, Error> {
    let amount = Taxed::new(row.money("net", "currency")?, row.money("tax", "currency")?);
    Ok(Waiting {
        charge: row.parsed("id")?,
        order_line: row.parsed("order_line_id")?,
        order: OrderNumber(row.int("number")?),
        what: format!("{}, {}", row.text("product_name")?, row.text("option_name")?),
        customer: row.parsed("customer_id")?,
        customer_name: row.text("customer_name")?,
        unit: row.money("unit_amount", "currency")?,
        amount: amount.map_err(|error| unreadable("net", error))?,
        rate: row.rate("rate")?,
        part: part(row)?,
        invoice_from: row.maybe_parsed("invoice_from")?,
        open: row.money("open", "currency")?,
    })
}

/// The days that are charged, of the period of their subscription in which they fall.
fn part(row: &AnyRow) -> Result<Option<Part>, Error> {
    let (start, end): (Option<NaiveDate>, _) = (row.maybe_parsed("part_start")?, row.maybe_parsed("part_end")?);
    let Some(days) = start.zip(end).map(|(start, end)| Period { start, end }) else { return Ok(None) };
    let of = cycle(row)?.and_then(|cycle| cycle.period_of(days.start)).unwrap_or(days);
    Ok(Some(days_of(of, days)))
}

fn cycle(row: &AnyRow) -> Result<Option<Cycle>, Error> {
    let Some(every) = row.maybe_word("every", Every::from_word)? else { return Ok(None) };
    let day = row.int("cycle_day")?;
    let day = u8::try_from(day).map_err(|_| unreadable("cycle_day", day))?;
    Ok(Some(Cycle { every, start: row.parsed("cycle_start")?, day }))
}
