//! Authenticator apps whose secrets are sealed, and those whose are not yet; and the mark of the key.

use domain::ContactId;

use super::App;
use crate::{Error, Tx, row::Read};

/// The mark of the key that secrets are sealed with, if any ever were.
///
/// # Errors
/// When the database cannot.
pub async fn sealing_mark(tx: &mut Tx) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("select mark from sealing_key where id = 1").fetch_optional(tx.db()).await?)
}

/// Keeps the mark of the key, once; `false` when the database has the mark of another one.
///
/// # Errors
/// When the database cannot.
pub async fn keep_sealing_mark(tx: &mut Tx, mark: &str) -> Result<bool, Error> {
    let query = sqlx::query("insert into sealing_key (id, mark) values (1, $1) on conflict (id) do nothing");
    query.bind(mark.to_owned()).execute(tx.db()).await?;
    Ok(sealing_mark(tx).await?.as_deref() == Some(mark))
}

/// The apps whose secret does not begin so, confirmed or not.
///
/// # Errors
/// When the database cannot.
pub async fn apps_without(tx: &mut Tx, prefix: &str) -> Result<Vec<(ContactId, App)>, Error> {
    let query = sqlx::query(
        "select contact_id, secret, recovery, confirmed_at from authenticator_apps
         where substr(secret, 1, length($1)) <> $1",
    );
    let rows = query.bind(prefix.to_owned()).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            let app = App {
                secret: row.text("secret")?,
                recovery: row.maybe_text("recovery")?,
                confirmed_at: row.maybe_time("confirmed_at")?,
            };
            Ok((row.parsed("contact_id")?, app))
        })
        .collect()
}

/// Keeps the secrets of an app as they are sealed now.
///
/// # Errors
/// When the database cannot.
pub async fn reseal(tx: &mut Tx, contact: ContactId, app: &App) -> Result<(), Error> {
    let query = sqlx::query("update authenticator_apps set secret = $1, recovery = $2 where contact_id = $3");
    query.bind(app.secret.clone()).bind(app.recovery.clone()).bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}
