//! The links in mails: hashed, single use, with an end (A5, A7).

use domain::{ContactId, Timestamp, contacts::LinkKind};

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::{pieces, rows},
};

/// A link as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whom it lets in.
    pub contact: ContactId,
    /// Until when.
    pub expires_at: Timestamp,
    /// When it did its work.
    pub used_at: Option<Timestamp>,
    /// When a later one took its place.
    pub voided_at: Option<Timestamp>,
}

/// Stores a new link and voids those of its kind before it.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    kind: LinkKind,
    token_hash: &str,
    contact: ContactId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let void = sqlx::query(
        "update links
         set voided_at = $1
         where contact_id = $2 and kind = $3 and used_at is null and voided_at is null",
    );
    void.bind(micros(now)).bind(contact.to_string()).bind(kind.word()).execute(tx.db()).await?;
    insert_all(tx, kind, &[(token_hash.to_owned(), contact)], now, expires_at).await
}

/// Stores links of people who have none yet by one statement: their hashes, and whose they are.
///
/// # Errors
/// When the database cannot.
pub async fn insert_all(
    tx: &mut Tx,
    kind: LinkKind,
    links: &[(String, ContactId)],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    if links.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "insert into links (kind, created_at, expires_at, token_hash, contact_id)
         select $1, cast($2 as bigint), cast($3 as bigint), column1, column2
         from (values {}) as new",
        rows(3, 2, &[], links.len())
    );
    let query = sqlx::query(pieces(sql)).bind(kind.word()).bind(micros(now)).bind(micros(expires_at));
    let query = links.iter().fold(query, |query, (hash, contact)| query.bind(hash.clone()).bind(contact.to_string()));
    query.execute(tx.db()).await?;
    Ok(())
}

/// Voids all links of a person that have not been used.
///
/// # Errors
/// When the database cannot.
pub async fn void_all(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "update links
         set voided_at = $1
         where contact_id = $2 and used_at is null and voided_at is null",
    );
    query.bind(micros(now)).bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// The link of a token, whatever became of it; `None` for one of another kind.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, kind: LinkKind, token_hash: &str) -> Result<Option<Link>, Error> {
    let query = sqlx::query(
        "select contact_id, expires_at, used_at, voided_at
         from links
         where token_hash = $1 and kind = $2",
    );
    let row = query.bind(token_hash.to_owned()).bind(kind.word()).fetch_optional(tx.db()).await?;
    row.map(|row| {
        Ok(Link {
            contact: row.parsed("contact_id")?,
            expires_at: row.time("expires_at")?,
            used_at: row.maybe_time("used_at")?,
            voided_at: row.maybe_time("voided_at")?,
        })
    })
    .transpose()
}

/// Uses a link up; `false` when somebody else was faster, or it is not good any more.
///
/// # Errors
/// When the database cannot.
pub async fn use_up(tx: &mut Tx, kind: LinkKind, token_hash: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update links
         set used_at = $1
         where token_hash = $2 and kind = $3 and used_at is null and voided_at is null and expires_at > $1",
    );
    let done = query.bind(micros(now)).bind(token_hash.to_owned()).bind(kind.word()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}
