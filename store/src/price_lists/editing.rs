//! Price lists as staff see and change them. A change names the edition that it was made from, and
//! does nothing when there is another: the guard stands in the `where`.

use domain::{
    AccountId, OptionId, PriceListId, Timestamp,
    price_lists::{AssignedTo, Entry, PriceList},
};
use sqlx::any::AnyRow;

use super::{COLUMNS, insert_entry, read};
use crate::{
    Error, Tx,
    row::{Read, maybe_day, maybe_micros},
    tx::pieces,
};

/// A price list with what only staff see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The price list.
    pub list: PriceList,
    /// For the operator only.
    pub description: String,
    /// How often it was changed.
    pub edition: i64,
    /// To how many accounts it is assigned; counted up to 1,000.
    pub accounts: i64,
}

// Counted by accounts_of_price_list, and no further than people read.
const COUNTED: &str =
    "(select count(*) from (select 1 from accounts a where a.price_list_id = price_lists.id limit 1000) counted)
    as accounts";

fn read_edited(row: &AnyRow) -> Result<Edited, Error> {
    Ok(Edited {
        list: read(row)?,
        description: row.text("description")?,
        edition: row.int("edition")?,
        accounts: row.int("accounts")?,
    })
}

/// A page of price lists, newest first, from below `after`.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, after: Option<PriceListId>, most: i64) -> Result<Vec<Edited>, Error> {
    // Ids begin with the time, so that their order is that of creation; '~' is behind them all.
    let sql = format!(
        "select {COLUMNS}, description, edition, {COUNTED} from price_lists where id < $1 order by id desc limit $2"
    );
    let after = after.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let rows = sqlx::query(pieces(sql)).bind(after).bind(most).fetch_all(tx.db()).await?;
    rows.iter().map(read_edited).collect()
}

/// One of them.
///
/// # Errors
/// When the database cannot.
pub async fn edited(tx: &mut Tx, id: PriceListId) -> Result<Option<Edited>, Error> {
    let sql = format!("select {COLUMNS}, description, edition, {COUNTED} from price_lists where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read_edited).transpose()
}

/// Saves a price list that was changed from `edition`; `false` when there is another by now. Its
/// currency changes only while it has no prices and no account.
///
/// # Errors
/// When the database cannot.
pub async fn save(
    tx: &mut Tx,
    list: &PriceList,
    description: &str,
    deactivated_at: Option<Timestamp>,
    edition: i64,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "update price_lists
         set name = $1, currency = $2, starts_on = $3, ends_on = $4, deactivated_at = $5, percent_off = $6,
             description = $7, edition = edition + 1
         where id = $8 and edition = $9
             and (currency = $2 or not exists (select 1 from price_list_entries where price_list_id = $8)
                 and not exists (select 1 from accounts where price_list_id = $8))",
    )
    .bind(list.name.clone())
    .bind(list.currency.code())
    .bind(list.starts.to_string())
    .bind(maybe_day(list.ends))
    .bind(maybe_micros(deactivated_at))
    .bind(list.percent_off.map(|off| i64::from(off.get())))
    .bind(description.to_owned())
    .bind(list.id.to_string())
    .bind(edition);
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// When a price list was switched off; `None` while it is on.
///
/// # Errors
/// When the database cannot.
pub async fn deactivated_at(tx: &mut Tx, id: PriceListId) -> Result<Option<Timestamp>, Error> {
    let query = sqlx::query("select deactivated_at from price_lists where id = $1");
    let row = query.bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.map_or(Ok(None), |row| row.maybe_time("deactivated_at"))
}

/// Puts an entry in the place of another of the same option.
///
/// # Errors
/// When the database cannot.
pub async fn replace_entry(
    tx: &mut Tx,
    list: PriceListId,
    option: OptionId,
    from: u32,
    entry: &Entry,
) -> Result<(), Error> {
    remove_entry(tx, list, option, from).await?;
    insert_entry(tx, list, option, entry).await
}

/// Removes an entry.
///
/// # Errors
/// When the database cannot.
pub async fn remove_entry(tx: &mut Tx, list: PriceListId, option: OptionId, from: u32) -> Result<(), Error> {
    let query = sqlx::query(
        "delete from price_list_entries where price_list_id = $1 and option_id = $2 and from_quantity = $3",
    );
    query.bind(list.to_string()).bind(option.to_string()).bind(i64::from(from)).execute(tx.db()).await?;
    Ok(())
}

/// The accounts that a price list is assigned to, newest first, from below `after`, each with its place.
///
/// # Errors
/// When the database cannot.
pub async fn assigned(
    tx: &mut Tx,
    id: PriceListId,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<(i64, AssignedTo)>, Error> {
    let query = sqlx::query(
        "select seq, id, name
         from accounts
         where price_list_id = $1 and seq < $2
         order by seq desc
         limit $3",
    );
    let query = query.bind(id.to_string()).bind(after.unwrap_or(i64::MAX)).bind(most);
    let read = |row: &AnyRow| {
        Ok((row.int("seq")?, AssignedTo { id: row.parsed::<AccountId>("id")?, name: row.text("name")? }))
    };
    query.fetch_all(tx.db()).await?.iter().map(read).collect()
}
