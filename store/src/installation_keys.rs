//! Random keys that the installation made for itself.

use domain::Timestamp;

use crate::{Error, Tx, row::micros};

/// The key of a name, if it was made.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar("select secret from installation_keys where name = $1");
    Ok(query.bind(name.to_owned()).fetch_optional(tx.db()).await?)
}

/// Keeps a key, and gives the one that is kept: of two programs that begin at once, both get the first one's.
///
/// # Errors
/// When the database cannot.
pub async fn keep(tx: &mut Tx, name: &str, secret: &str, now: Timestamp) -> Result<String, Error> {
    let query = sqlx::query(
        "insert into installation_keys (name, secret, created_at)
         values ($1, $2, $3)
         on conflict (name) do nothing",
    );
    query.bind(name.to_owned()).bind(secret.to_owned()).bind(micros(now)).execute(tx.db()).await?;
    Ok(find(tx, name).await?.unwrap_or_default())
}
