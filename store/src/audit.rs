//! The audit log: rows are added, and nothing else (X1).

use domain::{AccountId, ContactId, EventId, Timestamp, audit::What};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// The account whose history it belongs to.
    pub account: Option<AccountId>,
    /// Who, where it was a person.
    pub contact: Option<ContactId>,
    /// Who, by name.
    pub who: String,
    /// With what it was done: the id of a license, an order, a contact.
    pub subject: String,
    /// What changed, as JSON; no secrets, no keys.
    pub detail: Option<String>,
    /// From which network address.
    pub address: String,
    /// In which request.
    pub request: String,
}

/// Adds an entry.
///
/// # Errors
/// When the database cannot.
pub async fn append(tx: &mut Tx, event: &Event) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into audit (id, at, what, account_id, contact_id, who, subject_id, detail, address, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(event.id.to_string())
    .bind(micros(event.at))
    .bind(event.what.word())
    .bind(event.account.map(|id| id.to_string()))
    .bind(event.contact.map(|id| id.to_string()))
    .bind(event.who.clone())
    .bind(event.subject.clone())
    .bind(event.detail.clone())
    .bind(event.address.clone())
    .bind(event.request.clone());
    query.execute(tx.db()).await?;
    Ok(())
}

const COLUMNS: &str = "seq, id, at, what, account_id, contact_id, who, subject_id, detail, address, request_id";

fn read(row: &AnyRow) -> Result<Event, Error> {
    Ok(Event {
        id: row.parsed("id")?,
        at: row.time("at")?,
        what: row.word("what", What::from_word)?,
        account: row.maybe_parsed("account_id")?,
        contact: row.maybe_parsed("contact_id")?,
        who: row.text("who")?,
        subject: row.text("subject_id")?,
        detail: row.maybe_text("detail")?,
        address: row.text("address")?,
        request: row.text("request_id")?,
    })
}

/// The history of one thing that has been found in scope, newest first.
///
/// # Errors
/// When the database cannot.
pub async fn of_subject(tx: &mut Tx, subject: &str, most: i64) -> Result<Vec<Event>, Error> {
    let sql = format!("select {COLUMNS} from audit where subject_id = $1 order by seq desc limit $2");
    let rows = sqlx::query(pieces(sql)).bind(subject.to_owned()).bind(most).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// The history of an account that has been found in scope, newest first, each with its place, from below `after`.
///
/// # Errors
/// When the database cannot.
pub async fn of_account(
    tx: &mut Tx,
    account: AccountId,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<(i64, Event)>, Error> {
    let sql = format!("select {COLUMNS} from audit where account_id = $1 and seq < $2 order by seq desc limit $3");
    let query = sqlx::query(pieces(sql)).bind(account.to_string()).bind(after.unwrap_or(i64::MAX)).bind(most);
    let rows = query.fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.int("seq")?, read(row)?))).collect()
}
