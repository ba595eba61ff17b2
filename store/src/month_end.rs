//! What happened in a month, added up by the database: between two times of one account, however many there were before.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{
    AccountId, Currency, Money, Scope, Timestamp,
    billing::{Tally, What},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    accounts::Account,
    row::{Read, micros},
    tx::pieces,
};

/// Whose month is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    account: AccountId,
    /// What it is charged in.
    pub currency: Currency,
}

impl Whose {
    /// An account, for itself and for the operator; nothing for all others.
    pub fn of(scope: &Scope, account: &Account) -> Option<Self> {
        let may = scope.operator() || scope.reseller() == Some(account.id);
        may.then_some(Self { account: account.id, currency: account.currency })
    }
}

/// What an entry of a ledger tells, and of what was bought the part that is for customers, at the resale price that was taken for it.
/// A charge is for what was bought when it is the first one of its license. What takes back a mistake lowers the amounts and is not
/// counted.
pub(crate) const TOLD: &str = "case
                     when e.kind = 'credit' then 'credited'
                     when e.kind = 'payment' then 'paid'
                     when exists (
                         select 1 from charges p
                         where p.license_id = c.license_id
                           and (p.created_at < c.created_at or (p.created_at = c.created_at and p.id < c.id))
                     ) then 'renewed'
                     else 'bought'
                 end as what,
                 e.amount,
                 case when l.customer_id <> l.reseller_id and e.amount > 0 then 1 else 0 end as for_customer,
                 case
                     when l.customer_id = l.reseller_id or t.currency <> e.currency then 0
                     when e.amount > 0 then t.resale_amount
                     else -t.resale_amount
                 end as resale";

/// What was charged with an entry, and what its reseller took for it.
pub(crate) const CHARGED: &str = "left join charges c on c.id = e.charge_id
             left join licenses l on l.id = c.license_id
             left join order_lines t on t.id = c.order_line_id";

/// The sums of what entries tell.
pub(crate) const SUMMED: &str = "what, cast(count(case when amount > 0 then 1 end) as bigint) as entries,
             cast(sum(amount) as bigint) as amount, cast(coalesce(sum(for_customer), 0) as bigint) as for_customers,
             cast(coalesce(sum(resale), 0) as bigint) as resale";

/// What stands in the ledger of an account between two times.
fn entries_of_one() -> String {
    format!(
        "select {SUMMED}
         from (
             select {TOLD}
             from ledger_entries e
             {CHARGED}
             where e.account_id = $1 and e.created_at >= $2 and e.created_at < $3 and e.currency = $4) as entries
         group by what"
    )
}

/// What was bought, renewed, credited and paid between two times, and how much of it was sold on: those of which there was something.
///
/// # Errors
/// When the database cannot.
pub async fn entries(tx: &mut Tx, whose: Whose, time: &Range<Timestamp>) -> Result<Vec<(What, Tally)>, Error> {
    let query = sqlx::query(pieces(entries_of_one())).bind(whose.account.to_string());
    let query = query.bind(micros(time.start)).bind(micros(time.end)).bind(whose.currency.code());
    let mut tallies = Vec::new();
    for row in query.fetch_all(tx.db()).await? {
        told_in(&row, whose.currency, &mut tallies)?;
    }
    Ok(tallies)
}

/// What a row of sums tells.
pub(crate) fn told_in(row: &AnyRow, currency: Currency, tallies: &mut Vec<(What, Tally)>) -> Result<(), Error> {
    let money = |column: &'static str| Ok::<_, Error>(Money::new(row.int(column)?, currency));
    let (what, sold_on) = (row.word("what", What::from_word)?, row.int("for_customers")?);
    tallies.push((what, Tally { count: row.int("entries")?, amount: money("amount")? }));
    if what == What::Bought && sold_on > 0 {
        tallies.push((What::SoldOn, Tally { count: sold_on, amount: money("resale")? }));
    }
    Ok(())
}

/// How many licenses a customer paid on one of these days (L8), the last included, and what their reseller took for them (P4).
///
/// # Errors
/// When the database cannot.
pub async fn customer_paid(tx: &mut Tx, whose: Whose, days: (NaiveDate, NaiveDate)) -> Result<Tally, Error> {
    let query = sqlx::query(
        "select cast(count(*) as bigint) as licenses, cast(coalesce(sum(t.resale_amount), 0) as bigint) as amount
         from licenses l
         left join order_lines t on t.id = l.order_line_id and t.currency = $4
         where l.reseller_id = $1 and l.customer_paid_on >= $2 and l.customer_paid_on <= $3",
    );
    let query = query.bind(whose.account.to_string()).bind(days.0.to_string()).bind(days.1.to_string());
    let row = query.bind(whose.currency.code()).fetch_one(tx.db()).await?;
    Ok(Tally { count: row.int("licenses")?, amount: amount(&row, whose)? })
}

/// How many licenses end between two times: not those whose subscription goes on, nor what was revoked or transferred.
///
/// # Errors
/// When the database cannot.
pub async fn ending(tx: &mut Tx, whose: Whose, time: &Range<Timestamp>) -> Result<Tally, Error> {
    let query = sqlx::query_scalar(
        "select count(*)
         from licenses
         where reseller_id = $1 and valid_until >= $2 and valid_until < $3
           and revoked_at is null and transferred_at is null
           and not exists (
               select 1 from subscriptions s where s.order_line_id = licenses.order_line_id and s.ends_on is null)",
    );
    let query = query.bind(whose.account.to_string()).bind(micros(time.start)).bind(micros(time.end));
    Ok(Tally { count: query.fetch_one(tx.db()).await?, ..Tally::zero(whose.currency) })
}

/// A day as the ledger's days are counted.
const DAY: i64 = 86_400_000_000;

/// What was owed at a time: what is owed now, without what has happened since. The days after that one are kept summed up.
///
/// # Errors
/// When the database cannot.
pub async fn owed_at(tx: &mut Tx, whose: Whose, at: Timestamp) -> Result<Money, Error> {
    let day = micros(at).div_euclid(DAY);
    let query = sqlx::query(
        "select cast(a.balance
             - (select coalesce(sum(d.owed), 0) from ledger_days d
                where d.account_id = a.id and d.currency = a.currency and d.day > $2)
             - (select coalesce(sum(case e.kind when 'charge' then e.amount else -e.amount end), 0)
                from ledger_entries e
                where e.account_id = a.id and e.currency = a.currency and e.created_at >= $3 and e.created_at < $4)
             as bigint) as amount
         from accounts a
         where a.id = $1",
    );
    let query = query.bind(whose.account.to_string()).bind(day).bind(micros(at)).bind((day + 1) * DAY);
    amount(&query.fetch_one(tx.db()).await?, whose)
}

/// What was charged before one time and still open at a later one: of what is open now, and of what was settled since then.
const OPEN: &str = "select cast(count(*) as bigint) as charges, cast(coalesce(sum(due), 0) as bigint) as amount
         from (
             select c.open + coalesce((
                 select sum(s.amount) from settlements s where s.charge_id = c.id and s.created_at >= $3), 0) as due
             from charges c
             where c.account_id = $1 and c.open > 0 and c.created_at < $2 and c.currency = $4
             union all
             select coalesce((
                 select sum(s.amount) from settlements s where s.charge_id = c.id and s.created_at >= $3), 0) as due
             from charges c
             where c.account_id = $1 and c.open = 0 and c.settled_at >= $3 and c.created_at < $2 and c.currency = $4
         ) as charged
         where due > 0";

/// How many charges from before `charged` were open when `at` began, and how much of them.
///
/// # Errors
/// When the database cannot.
pub async fn open_at(tx: &mut Tx, whose: Whose, charged: Timestamp, at: Timestamp) -> Result<Tally, Error> {
    let query = sqlx::query(OPEN).bind(whose.account.to_string());
    let query = query.bind(micros(charged)).bind(micros(at)).bind(whose.currency.code());
    let row = query.fetch_one(tx.db()).await?;
    Ok(Tally { count: row.int("charges")?, amount: amount(&row, whose)? })
}

fn amount(row: &AnyRow, whose: Whose) -> Result<Money, Error> {
    Ok(Money::new(row.int("amount")?, whose.currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::Database};

    #[tokio::test]
    async fn an_index_answers_each_question_about_a_month() {
        let database = Database::sqlite().await;
        let store = Store::open(&database.url).await.expect("a store");
        let mut tx = store.read().await.expect("a transaction");
        for (sql, indexes) in [
            (entries_of_one(), ["e USING INDEX ledger_by_time", "p USING INDEX charges_of_license"]),
            (OPEN.to_owned(), ["c USING INDEX charges_open ", "c USING INDEX charges_settled "]),
        ] {
            let query = sqlx::query(pieces(format!("explain query plan {sql}")));
            let rows = query.bind("acme").bind(1_i64).bind(2_i64).bind("EUR").fetch_all(tx.db()).await;
            let lines = rows.expect("a plan").iter().map(|row| row.text("detail").expect("a line")).collect::<Vec<_>>();
            for index in indexes {
                assert!(lines.iter().any(|line| line.contains(index)), "{index}\n{lines:#?}");
            }
            let scans = |table: &&str| lines.iter().any(|line| line == table);
            assert_eq!(
                ["SCAN e", "SCAN c", "SCAN l", "SCAN p", "SCAN s", "SCAN t"].iter().find(|table| scans(table)),
                None
            );
        }
    }
}
