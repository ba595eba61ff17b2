//! Passkeys, and what was asked of a browser to make or use one.

use domain::{ContactId, SessionId, Timestamp};

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// A passkey as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The credential's id, as text.
    pub id: String,
    /// Whose it is.
    pub contact: ContactId,
    /// What its holder calls it.
    pub name: String,
    /// What is known of it, as JSON: its public key and counter.
    pub credential: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Stores a new passkey; `false` when there is one with that id, whoever's it is.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, passkey: &Passkey) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into passkeys (id, contact_id, name, credential, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
    )
    .bind(passkey.id.clone())
    .bind(passkey.contact.to_string())
    .bind(passkey.name.clone())
    .bind(passkey.credential.clone())
    .bind(micros(passkey.created_at));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// The passkeys of a person, oldest first; at most twenty.
///
/// # Errors
/// When the database cannot.
pub async fn of_contact(tx: &mut Tx, contact: ContactId) -> Result<Vec<Passkey>, Error> {
    let query = sqlx::query(
        "select id, contact_id, name, credential, created_at, used_at
         from passkeys
         where contact_id = $1
         order by created_at
         limit 20",
    );
    let rows = query.bind(contact.to_string()).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Passkey {
                id: row.text("id")?,
                contact: row.parsed("contact_id")?,
                name: row.text("name")?,
                credential: row.text("credential")?,
                created_at: row.time("created_at")?,
                used_at: row.maybe_time("used_at")?,
            })
        })
        .collect()
}

/// A passkey was used: keeps its counter.
///
/// # Errors
/// When the database cannot.
pub async fn used(tx: &mut Tx, id: &str, credential: &str, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update passkeys set credential = $1, used_at = $2 where id = $3");
    query.bind(credential.to_owned()).bind(micros(now)).bind(id.to_owned()).execute(tx.db()).await?;
    Ok(())
}

/// Takes a passkey of that person away, and gives its name; `None` when it is none of theirs.
///
/// # Errors
/// When the database cannot.
pub async fn remove(tx: &mut Tx, contact: ContactId, id: &str) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar("delete from passkeys where id = $1 and contact_id = $2 returning name");
    Ok(query.bind(id.to_owned()).bind(contact.to_string()).fetch_optional(tx.db()).await?)
}

/// Takes all passkeys of a person away.
///
/// # Errors
/// When the database cannot.
pub(crate) async fn remove_all(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    let query = sqlx::query("delete from passkeys where contact_id = $1");
    query.bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Keeps what was asked of the browser of a session, in place of what was asked before.
///
/// # Errors
/// When the database cannot.
pub async fn ask(tx: &mut Tx, session: SessionId, state: &str, expires_at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into passkey_ceremonies (session_id, state, expires_at)
         values ($1, $2, $3)
         on conflict (session_id) do update set state = excluded.state, expires_at = excluded.expires_at",
    );
    query.bind(session.to_string()).bind(state.to_owned()).bind(micros(expires_at)).execute(tx.db()).await?;
    Ok(())
}

/// What was asked of the browser of a session, once: it is answered a single time.
///
/// # Errors
/// When the database cannot.
pub async fn answer(tx: &mut Tx, session: SessionId, now: Timestamp) -> Result<Option<String>, Error> {
    let query =
        sqlx::query_scalar("delete from passkey_ceremonies where session_id = $1 and expires_at > $2 returning state");
    Ok(query.bind(session.to_string()).bind(micros(now)).fetch_optional(tx.db()).await?)
}
