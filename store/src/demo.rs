//! Whether the demo data of this database are complete.

use domain::Timestamp;

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// How far the demo data have come that were begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// They are incomplete.
    Begun,
    /// All of them are there.
    Made,
}

/// How far the demo data have come; `None` where none were begun.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx) -> Result<Option<Progress>, Error> {
    let query = sqlx::query("select made_at from demo where one = 1");
    let Some(row) = query.fetch_optional(tx.db()).await? else { return Ok(None) };
    Ok(Some(if row.maybe_time("made_at")?.is_some() { Progress::Made } else { Progress::Begun }))
}

/// Notes that they are begun; `false` when somebody else has begun them.
///
/// # Errors
/// When the database cannot.
pub async fn begin(tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "insert into demo (one, begun_at)
         values (1, $1)
         on conflict (one) do nothing",
    );
    Ok(query.bind(micros(now)).execute(tx.db()).await?.rows_affected() == 1)
}

/// Notes that all of them are there.
///
/// # Errors
/// When the database cannot.
pub async fn complete(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "update demo
         set made_at = $1
         where one = 1",
    );
    query.bind(micros(now)).execute(tx.db()).await?;
    Ok(())
}
