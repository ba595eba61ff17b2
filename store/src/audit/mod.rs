//! The audit log: rows are added to the end of one chain, and nothing else (X1).

mod chain;
mod list;

use std::collections::HashMap;

use domain::{AccountId, ContactId, EventId, Timestamp, audit::What};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::Read,
    tx::{pieces, places},
};

pub(crate) use chain::write;
pub use chain::{Head, broken, head};
pub use list::{Listed, Own, Page, own, page};

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

/// Notes an entry, which is written when the transaction commits: only then is the end of the chain held, so that deeds
/// do not wait for each other's work.
///
/// # Errors
/// None; it is written as its neighbours are, and commits with them or not at all.
pub async fn append(tx: &mut Tx, event: &Event) -> Result<(), Error> {
    tx.noted().push(event.clone());
    Ok(())
}

const COLUMNS: &str =
    "a.seq, a.id, a.at, a.what, a.account_id, a.contact_id, a.who, a.subject_id, a.detail, a.address, a.request_id";

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

/// The history of one thing that has been found in scope, newest first; what was noted in this transaction is part of it.
///
/// # Errors
/// When the database cannot.
pub async fn of_subject(tx: &mut Tx, subject: &str, most: i64) -> Result<Vec<Event>, Error> {
    write(tx).await?;
    let sql = format!("select {COLUMNS} from audit a where a.subject_id = $1 order by a.at desc, a.seq desc limit $2");
    let rows = sqlx::query(pieces(sql)).bind(subject.to_owned()).bind(most).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// So many things are asked for in one statement.
const AT_ONCE: usize = 500;

/// When something was last done with each of these things, which have been found in scope; those with which it never was are left out.
///
/// # Errors
/// When the database cannot.
pub async fn last_with(tx: &mut Tx, what: What, subjects: &[String]) -> Result<HashMap<String, Timestamp>, Error> {
    write(tx).await?;
    let mut last = HashMap::new();
    for some in subjects.chunks(AT_ONCE) {
        let sql = format!(
            "select a.subject_id, max(a.at) as last_at
             from audit a {}
             where a.what = $1 and a.subject_id in ({})
             group by a.subject_id",
            tx.dialect().by_index("audit_of_subject"),
            places(1, some.len())
        );
        let query = sqlx::query(pieces(sql)).bind(what.word());
        let query = some.iter().fold(query, |query, subject| query.bind(subject.clone()));
        for row in &query.fetch_all(tx.db()).await? {
            last.insert(row.text("subject_id")?, row.time("last_at")?);
        }
    }
    Ok(last)
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
    write(tx).await?;
    let sql =
        format!("select {COLUMNS} from audit a where a.account_id = $1 and a.seq < $2 order by a.seq desc limit $3");
    let query = sqlx::query(pieces(sql)).bind(account.to_string()).bind(after.unwrap_or(i64::MAX)).bind(most);
    let rows = query.fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.int("seq")?, read(row)?))).collect()
}
