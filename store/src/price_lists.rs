//! Price lists and their entries.

mod editing;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AccountId, BasisPoints, Currency, Money, OptionId, PriceListId,
    price_lists::{Entry, PriceList, Rule},
};
use sqlx::any::AnyRow;

pub use editing::{Edited, assigned, deactivated_at, edited, page, remove_entry, replace_entry, save};

use crate::{
    Error, Tx,
    clauses::Clauses,
    row::{Read, maybe_day},
    tx::pieces,
};

/// Stores a new price list, active.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, list: &PriceList, description: &str) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into price_lists (id, name, currency, starts_on, ends_on, percent_off, description)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(list.id.to_string())
    .bind(list.name.clone())
    .bind(list.currency.code())
    .bind(list.starts.to_string())
    .bind(maybe_day(list.ends))
    .bind(list.percent_off.map(|off| i64::from(off.get())))
    .bind(description.to_owned());
    query.execute(tx.db()).await?;
    Ok(())
}

/// Stores an entry of a price list.
///
/// # Errors
/// When the database cannot.
pub async fn insert_entry(tx: &mut Tx, list: PriceListId, option: OptionId, entry: &Entry) -> Result<(), Error> {
    let (fixed, percent) = match entry.rule {
        Rule::Fixed(price) => (Some(price.minor), None),
        Rule::PercentOff(off) => (None, Some(i64::from(off.get()))),
    };
    let query = sqlx::query(
        "insert into price_list_entries (price_list_id, option_id, from_quantity, fixed_amount, percent_off)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(list.to_string())
    .bind(option.to_string())
    .bind(i64::from(entry.from))
    .bind(fixed)
    .bind(percent);
    query.execute(tx.db()).await?;
    Ok(())
}

/// Assigns a price list to an account (P2), or takes it away.
///
/// # Errors
/// When the database cannot.
pub async fn assign(tx: &mut Tx, account: AccountId, list: Option<PriceListId>) -> Result<(), Error> {
    let query = sqlx::query("update accounts set price_list_id = $1 where id = $2");
    query.bind(list.map(|id| id.to_string())).bind(account.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A price list.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, id: PriceListId) -> Result<Option<PriceList>, Error> {
    let sql = format!("select {COLUMNS} from price_lists where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// What an account orders by: its price list, if one is assigned, and whether anybody of it can sign in (A2).
///
/// # Errors
/// When the database cannot.
pub async fn ordered_by(tx: &mut Tx, account: AccountId) -> Result<(Option<PriceList>, bool), Error> {
    let query = sqlx::query(
        "select l.id, l.name, l.currency, l.starts_on, l.ends_on, l.deactivated_at, l.percent_off,
             (select count(*)
              from (select 1 from contacts c
                    where c.account_id = a.id and c.storefront_since is not null and c.activated_at is not null
                      and c.deactivated_at is null and c.locked_at is null
                    limit 1) as found) as users
         from accounts a
         left join price_lists l on l.id = a.price_list_id
         where a.id = $1",
    );
    let Some(row) = query.bind(account.to_string()).fetch_optional(tx.db()).await? else { return Ok((None, false)) };
    let list = row.maybe_text("id")?.map(|_| read(&row)).transpose()?;
    Ok((list, row.int("users")? > 0))
}

const COLUMNS: &str = "id, name, currency, starts_on, ends_on, deactivated_at, percent_off";

fn read(row: &AnyRow) -> Result<PriceList, Error> {
    Ok(PriceList {
        id: row.parsed("id")?,
        name: row.text("name")?,
        currency: row.currency("currency")?,
        starts: row.parsed("starts_on")?,
        ends: row.maybe_parsed("ends_on")?,
        active: row.maybe_int("deactivated_at")?.is_none(),
        percent_off: row.maybe_int("percent_off")?.and_then(basis_points),
    })
}

/// The price lists that can be assigned: not switched off and not over, by name; in one currency, if one is named. An
/// operator has few.
///
/// # Errors
/// When the database cannot.
pub async fn assignable(tx: &mut Tx, currency: Option<Currency>, today: NaiveDate) -> Result<Vec<PriceList>, Error> {
    let mut clauses = Clauses::default();
    clauses.and("deactivated_at is null", []);
    clauses.and("(ends_on is null or ends_on >= ?)", [today.to_string().into()]);
    if let Some(currency) = currency {
        clauses.and("currency = ?", [currency.code().into()]);
    }
    let sql = format!("select {COLUMNS} from price_lists where {} order by name, id limit 500", clauses.text());
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// All entries of a price list, by option.
///
/// # Errors
/// When the database cannot.
pub async fn entries(tx: &mut Tx, list: &PriceList) -> Result<HashMap<OptionId, Vec<Entry>>, Error> {
    let query = sqlx::query(
        "select option_id, from_quantity, fixed_amount, percent_off
         from price_list_entries
         where price_list_id = $1",
    );
    let mut entries = HashMap::<OptionId, Vec<Entry>>::new();
    for row in query.bind(list.id.to_string()).fetch_all(tx.db()).await? {
        let rule = match (row.maybe_int("fixed_amount")?, row.maybe_int("percent_off")?.and_then(basis_points)) {
            (Some(amount), _) => Rule::Fixed(Money::new(amount, list.currency)),
            (None, Some(off)) => Rule::PercentOff(off),
            (None, None) => {
                return Err(Error::Unreadable { column: "percent_off", value: String::new() });
            }
        };
        let entry = Entry { from: row.small("from_quantity")?, rule };
        entries.entry(row.parsed("option_id")?).or_default().push(entry);
    }
    Ok(entries)
}

fn basis_points(points: i64) -> Option<BasisPoints> {
    u16::try_from(points).ok().and_then(BasisPoints::new)
}
