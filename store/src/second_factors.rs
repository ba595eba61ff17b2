//! Authenticator apps and recovery codes, and who asks for them.

mod asked;
mod sealed;

pub use asked::{Asked, asked, require, required, without};
pub use sealed::{apps_without, keep_sealing_mark, reseal, sealing_mark};

use domain::{ContactId, SessionId, Timestamp};

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// An authenticator app as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct App {
    /// The shared secret in base 32, sealed.
    pub secret: String,
    /// The recovery codes, sealed, until it is confirmed.
    pub recovery: Option<String>,
    /// Since when it counts.
    pub confirmed_at: Option<Timestamp>,
}

/// Begins with an app, in place of one that was begun and never confirmed; `false` when there is a confirmed one.
///
/// # Errors
/// When the database cannot.
pub async fn begin(
    tx: &mut Tx,
    contact: ContactId,
    secret: &str,
    recovery: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into authenticator_apps (contact_id, secret, recovery, begun_at)
         values ($1, $2, $3, $4)
         on conflict (contact_id) do update
         set secret = excluded.secret, recovery = excluded.recovery, begun_at = excluded.begun_at
         where authenticator_apps.confirmed_at is null",
    );
    let query = query.bind(contact.to_string()).bind(secret.to_owned()).bind(recovery.to_owned()).bind(micros(now));
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Takes out the apps that were begun before that time and never confirmed. Gives how many.
///
/// # Errors
/// When the database cannot.
pub async fn sweep(tx: &mut Tx, begun_before: Timestamp) -> Result<u64, Error> {
    let query = sqlx::query("delete from authenticator_apps where confirmed_at is null and begun_at < $1");
    Ok(query.bind(micros(begun_before)).execute(tx.db()).await?.rows_affected())
}

/// The app of a person, confirmed or not.
///
/// # Errors
/// When the database cannot.
pub async fn app(tx: &mut Tx, contact: ContactId) -> Result<Option<App>, Error> {
    let query = sqlx::query("select secret, recovery, confirmed_at from authenticator_apps where contact_id = $1");
    let row = query.bind(contact.to_string()).fetch_optional(tx.db()).await?;
    row.map(|row| {
        Ok(App {
            secret: row.text("secret")?,
            recovery: row.maybe_text("recovery")?,
            confirmed_at: row.maybe_time("confirmed_at")?,
        })
    })
    .transpose()
}

/// Uses the code of a step of time; `false` when that step, or a later one, was used before. A step that is still far ahead was used by
/// a clock that was wrong, and counts for nothing. The guard is the `where`: of two who send the same code at once, one gets in.
///
/// # Errors
/// When the database cannot.
pub async fn use_step(tx: &mut Tx, contact: ContactId, step: i64) -> Result<bool, Error> {
    let query = sqlx::query(
        "update authenticator_apps
         set last_step = $1
         where contact_id = $2 and (last_step < $1 or last_step > $1 + 10)",
    );
    Ok(query.bind(step).bind(contact.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// The app counts from now on; its recovery codes are kept as hashes only.
///
/// # Errors
/// When the database cannot.
pub async fn confirm(tx: &mut Tx, contact: ContactId, hashes: &[String], now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update authenticator_apps set confirmed_at = $1, recovery = null where contact_id = $2");
    query.bind(micros(now)).bind(contact.to_string()).execute(tx.db()).await?;
    forget_recovery(tx, contact).await?;
    for hash in hashes {
        let query = sqlx::query("insert into recovery_codes (code_hash, contact_id) values ($1, $2)");
        query.bind(hash.clone()).bind(contact.to_string()).execute(tx.db()).await?;
    }
    let query = sqlx::query("update contacts set second_factor_since = $1 where id = $2");
    query.bind(micros(now)).bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// The person has no second factor any more: no app, no recovery codes, no passkeys. `false` when there was none, or
/// another was faster: the guard is the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn remove(tx: &mut Tx, contact: ContactId) -> Result<bool, Error> {
    let query = sqlx::query(
        "update contacts
         set second_factor_since = null
         where id = $1 and second_factor_since is not null",
    );
    let had = query.bind(contact.to_string()).execute(tx.db()).await?.rows_affected() == 1;
    let query = sqlx::query("delete from authenticator_apps where contact_id = $1");
    query.bind(contact.to_string()).execute(tx.db()).await?;
    forget_recovery(tx, contact).await?;
    crate::passkeys::remove_all(tx, contact).await?;
    Ok(had)
}

async fn forget_recovery(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    let query = sqlx::query("delete from recovery_codes where contact_id = $1");
    query.bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Uses a recovery code up; `false` when it is none of that person's, or used.
///
/// # Errors
/// When the database cannot.
pub async fn use_recovery(tx: &mut Tx, contact: ContactId, hash: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update recovery_codes
         set used_at = $1
         where code_hash = $2 and contact_id = $3 and used_at is null",
    );
    let query = query.bind(micros(now)).bind(hash.to_owned()).bind(contact.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// How many recovery codes a person has left.
///
/// # Errors
/// When the database cannot.
pub async fn recovery_left(tx: &mut Tx, contact: ContactId) -> Result<i64, Error> {
    let query = sqlx::query_scalar("select count(*) from recovery_codes where contact_id = $1 and used_at is null");
    Ok(query.bind(contact.to_string()).fetch_one(tx.db()).await?)
}

/// A session has proved the second factor: it owes nothing any more. It counts as confirmed since the password was entered, which may
/// have been hours ago.
///
/// # Errors
/// When the database cannot.
pub async fn proved(tx: &mut Tx, session: SessionId) -> Result<(), Error> {
    let query = sqlx::query("update sessions set second_factor_due_at = null where id = $1");
    query.bind(session.to_string()).execute(tx.db()).await?;
    Ok(())
}
