//! Overdue invoices: which the next reminder is due for, and the accounts that may be suspended (B8). When what is due, the rule says; here
//! it is only narrowed to the day that it is nowhere before.

use chrono::NaiveDate;
use domain::{AccountId, Money, Scope, Timestamp, billing::InvoiceNumber};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// An invoice of which something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Its number.
    pub number: InvoiceNumber,
    /// Who has to pay it.
    pub account: AccountId,
    /// The last day on which that is in time.
    pub due_on: NaiveDate,
    /// How many of its reminders count as sent.
    pub reminded: i64,
}

const COLUMNS: &str = "i.number, i.account_id, i.due_on, i.reminded";

fn read(row: &AnyRow) -> Result<Due, Error> {
    Ok(Due {
        number: InvoiceNumber(row.int("number")?),
        account: row.parsed("account_id")?,
        due_on: row.parsed("due_on")?,
        reminded: row.int("reminded")?,
    })
}

/// Open invoices of which so many reminders were sent and that were due on a day or before, the first due first, from behind `after`.
///
/// # Errors
/// When the database cannot.
pub async fn to_remind(
    tx: &mut Tx,
    reminded: i64,
    due_by: NaiveDate,
    after: Option<&Due>,
    most: i64,
) -> Result<Vec<Due>, Error> {
    let (day, number) = after.map_or((String::new(), 0), |due| (due.due_on.to_string(), due.number.0));
    let sql = format!(
        "select {COLUMNS}
         from invoices i
         where i.open > 0 and i.reminded = $1 and i.due_on <= $2 and (i.due_on, i.number) > ($3, $4)
         order by i.due_on, i.number
         limit $5"
    );
    let query = sqlx::query(crate::tx::pieces(sql)).bind(reminded).bind(due_by.to_string()).bind(day).bind(number);
    query.bind(most).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// Counts the reminders of an invoice as sent up to `count`, and gives what is open of it; `None` when another was faster, or it was paid
/// meanwhile. The guard is the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn remind(tx: &mut Tx, due: &Due, count: i64) -> Result<Option<Money>, Error> {
    let query = sqlx::query(
        "update invoices
         set reminded = $1
         where number = $2 and reminded = $3 and open > 0
         returning open, currency",
    );
    let query = query.bind(count).bind(due.number.0).bind(due.reminded);
    query.fetch_optional(tx.db()).await?.map(|row| row.money("open", "currency")).transpose()
}

/// Open invoices of which so many reminders were sent or more, of accounts that are not known to be overdue, by number from behind `after`.
///
/// # Errors
/// When the database cannot.
pub async fn to_note(tx: &mut Tx, reminders: i64, due_by: NaiveDate, after: i64, most: i64) -> Result<Vec<Due>, Error> {
    let sql = format!(
        "select {COLUMNS}
         from invoices i
         join accounts a on a.id = i.account_id and a.overdue_since is null
         where i.open > 0 and i.reminded >= $1 and i.due_on <= $2 and i.number > $3
         order by i.number
         limit $4"
    );
    let query = sqlx::query(crate::tx::pieces(sql)).bind(reminders).bind(due_by.to_string()).bind(after).bind(most);
    query.fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// Notes that an account may be suspended; `false` when that is known.
///
/// # Errors
/// When the database cannot.
pub async fn note(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query("update accounts set overdue_since = $1 where id = $2 and overdue_since is null");
    Ok(query.bind(micros(now)).bind(account.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Whether an account has an invoice that all its reminders were sent of, and that is open.
const STILL: &str = "exists (
    select 1 from invoices i
    where i.account_id = a.id and i.open > 0 and i.due_on <= $1 and i.reminded >= $2)";

/// Accounts that may be suspended as far as is known, and of which no such invoice is open any more: the first of them.
///
/// # Errors
/// When the database cannot.
pub async fn paid_up(tx: &mut Tx, reminders: i64, due_by: NaiveDate, most: i64) -> Result<Vec<AccountId>, Error> {
    let sql = format!(
        "select a.id
         from accounts a
         where a.kind = 'reseller' and a.overdue_since is not null and a.suspended_at is null and not {STILL}
         order by a.seq
         limit $3"
    );
    let query = sqlx::query(crate::tx::pieces(sql)).bind(due_by.to_string()).bind(reminders).bind(most);
    query.fetch_all(tx.db()).await?.iter().map(|row| row.parsed("id")).collect()
}

/// Such an account may not be suspended any more; `false` when another invoice is overdue meanwhile.
///
/// # Errors
/// When the database cannot.
pub async fn forget(tx: &mut Tx, account: AccountId, reminders: i64, due_by: NaiveDate) -> Result<bool, Error> {
    let sql = format!("update accounts as a set overdue_since = null where a.id = $3 and not {STILL}");
    let query = sqlx::query(crate::tx::pieces(sql)).bind(due_by.to_string()).bind(reminders);
    Ok(query.bind(account.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// How many accounts may be suspended, counted up to `most`; for the operator.
///
/// # Errors
/// When the database cannot.
pub async fn count(tx: &mut Tx, scope: &Scope, most: i64) -> Result<i64, Error> {
    if !scope.operator() {
        return Ok(0);
    }
    let query = sqlx::query_scalar(
        "select count(*)
         from (select 1 from accounts a
               where a.kind = 'reseller' and a.overdue_since is not null and a.suspended_at is null
                 and exists (select 1 from invoices i where i.account_id = a.id and i.open > 0)
               limit $1) as found",
    );
    Ok(query.bind(most).fetch_one(tx.db()).await?)
}
