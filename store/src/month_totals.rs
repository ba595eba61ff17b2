//! What happened in a month in all resellers together, added up by the database: each reseller's month is on its own calendar, and
//! the queries read what lies in the month, however much there was before.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{
    Scope, Timestamp,
    billing::{Tally, What},
};

use crate::{
    Error, Tx,
    month_end::{CHARGED, SUMMED, TOLD, told_in},
    row::{Read, micros},
    tx::pieces,
};

/// A zone in which resellers are, and when the month begins and ends there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zoned {
    /// As it is called in the accounts.
    pub zone: String,
    /// From the beginning of the month to that of the next.
    pub time: Range<Timestamp>,
}

/// The zones in which there are resellers. From one to the next by the index, so that many resellers in few zones are few steps.
const ZONES: &str = "with recursive zones (zone) as (
             select min(time_zone) from accounts where kind = 'reseller'
             union all
             select (select min(a.time_zone) from accounts a where a.kind = 'reseller' and a.time_zone > z.zone)
             from zones z
             where z.zone is not null)
         select zone from zones where zone is not null";

/// The zones in which there are resellers. Whoever asks is of the operator; nobody else is told any.
///
/// # Errors
/// When the database cannot.
pub async fn zones(tx: &mut Tx, scope: &Scope) -> Result<Vec<String>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_scalar(ZONES).fetch_all(tx.db()).await?)
}

/// What was bought, renewed, credited and paid, and how much of it was sold on, in each currency.
///
/// # Errors
/// When the database cannot.
pub async fn entries(tx: &mut Tx, zoned: &[Zoned]) -> Result<Vec<(What, Tally)>, Error> {
    let mut tallies = Vec::new();
    for row in ask(tx, zoned, &entries_of_all()).await? {
        told_in(&row, row.currency("currency")?, &mut tallies)?;
    }
    Ok(tallies)
}

/// The order of the tables is said to SQLite, which would rather go through all accounts: what lies in the month comes first.
fn entries_of_all() -> String {
    format!(
        "select currency, {SUMMED}
         from (
             select e.currency, {TOLD}
             from ledger_entries e
             cross join accounts a
             cross join zoned z
             {CHARGED}
             where e.created_at >= {{begins}} and e.created_at < {{ends}}
               and a.id = e.account_id and a.kind = 'reseller' and a.currency = e.currency
               and z.zone = a.time_zone and e.created_at >= z.begins and e.created_at < z.ends) as entries
         group by currency, what"
    )
}

/// How many licenses end, in each currency: not those whose subscription goes on, nor what was revoked or transferred.
///
/// # Errors
/// When the database cannot.
pub async fn ending(tx: &mut Tx, zoned: &[Zoned]) -> Result<Vec<Tally>, Error> {
    let rows = ask(tx, zoned, ENDING).await?;
    rows.iter().map(|row| Ok(Tally { count: row.int("licenses")?, ..Tally::zero(row.currency("currency")?) })).collect()
}

const ENDING: &str = "select a.currency, cast(count(*) as bigint) as licenses
         from licenses l
         cross join accounts a
         cross join zoned z
         where l.valid_until >= {begins} and l.valid_until < {ends} and l.valid_until is not null
           and l.revoked_at is null and l.transferred_at is null
           and a.id = l.reseller_id and a.kind = 'reseller'
           and z.zone = a.time_zone and l.valid_until >= z.begins and l.valid_until < z.ends
           and not exists (
               select 1 from subscriptions s where s.order_line_id = l.order_line_id and s.ends_on is null)
         group by a.currency";

/// How many licenses customers paid on one of these days (L8), the last included, and what their resellers took for them (P4), in
/// each currency.
///
/// # Errors
/// When the database cannot.
pub async fn customer_paid(tx: &mut Tx, days: (NaiveDate, NaiveDate)) -> Result<Vec<Tally>, Error> {
    let query = sqlx::query(CUSTOMER_PAID).bind(days.0.to_string()).bind(days.1.to_string());
    let rows = query.fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok(Tally { count: row.int("licenses")?, amount: row.money("amount", "currency")? })).collect()
}

const CUSTOMER_PAID: &str = "select a.currency, cast(count(*) as bigint) as licenses,
             cast(coalesce(sum(t.resale_amount), 0) as bigint) as amount
         from licenses l
         cross join accounts a
         left join order_lines t on t.id = l.order_line_id and t.currency = a.currency
         where l.customer_paid_on >= $1 and l.customer_paid_on <= $2 and a.id = l.reseller_id and a.kind = 'reseller'
         group by a.currency";

/// Asks for a month, with its zones as a table beside the others.
async fn ask(tx: &mut Tx, zoned: &[Zoned], sql: &str) -> Result<Vec<sqlx::any::AnyRow>, Error> {
    let Some(sql) = with_zones(zoned, sql) else { return Ok(Vec::new()) };
    let query = zoned.iter().fold(sqlx::query(pieces(sql)), |query, zoned| query.bind(zoned.zone.clone()));
    Ok(query.fetch_all(tx.db()).await?)
}

/// The query with the month of each zone, and with the time in which all of them lie; none without a zone.
fn with_zones(zoned: &[Zoned], sql: &str) -> Option<String> {
    let begins = micros(zoned.iter().map(|zoned| zoned.time.start).min()?);
    let ends = micros(zoned.iter().map(|zoned| zoned.time.end).max()?);
    let row = |(at, zoned): (usize, &Zoned)| {
        format!("(cast(${} as text), {}, {})", at + 1, micros(zoned.time.start), micros(zoned.time.end))
    };
    let rows = zoned.iter().enumerate().map(row).collect::<Vec<_>>().join(", ");
    let sql = sql.replace("{begins}", &begins.to_string()).replace("{ends}", &ends.to_string());
    Some(format!("with zoned (zone, begins, ends) as (values {rows}) {sql}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::Database};

    #[tokio::test]
    async fn an_index_answers_each_question_about_the_month_of_all() {
        let database = Database::sqlite().await;
        let store = Store::open(&database.url).await.expect("a store");
        let mut tx = store.read().await.expect("a transaction");
        let time = Timestamp::UNIX_EPOCH..Timestamp::UNIX_EPOCH;
        let zoned = [Zoned { zone: "UTC".to_owned(), time }];
        let with = |sql: &str| with_zones(&zoned, sql).expect("a zone");
        for (sql, index) in [
            (with(&entries_of_all()), "e USING INDEX ledger_by_time_of_all"),
            (with(&entries_of_all()), "p USING INDEX charges_of_license"),
            (with(ENDING), "l USING INDEX licenses_ending_of_all"),
            (CUSTOMER_PAID.to_owned(), "l USING INDEX licenses_by_customer_paid_of_all"),
            (ZONES.to_owned(), "a USING COVERING INDEX accounts_by_zone"),
        ] {
            let query = sqlx::query(pieces(format!("explain query plan {sql}"))).bind("UTC").bind("UTC");
            let rows = query.fetch_all(tx.db()).await.expect("a plan");
            let lines = rows.iter().map(|row| row.text("detail").expect("a line")).collect::<Vec<_>>();
            assert!(lines.iter().any(|line| line.contains(index)), "{index}\n{lines:#?}");
            let scans = |table: &&str| lines.iter().any(|line| line == table);
            assert_eq!(["SCAN e", "SCAN c", "SCAN l", "SCAN p", "SCAN a", "SCAN t"].iter().find(|at| scans(at)), None);
        }
    }
}
