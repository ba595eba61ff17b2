//! The lanes of the outbox: what a person waits for goes before what was written by the hundred (X2). `take_due` beside this file
//! takes the first lane first.

use domain::{MailId, Timestamp, mail::Lane};

use crate::{Error, Tx, row::micros};

/// Whether a mail of that lane is due.
///
/// # Errors
/// When the database cannot.
pub async fn any_due(tx: &mut Tx, lane: Lane, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*)
         from (select 1 from outbox
               where lane = $1 and sent_at is null and failed_at is null and due_at <= $2
               limit 1) as due",
    );
    Ok(query.bind(lane.number()).bind(micros(now)).fetch_one(tx.db()).await? > 0)
}

/// Says in which lane a mail goes. Until somebody does, it goes in the first.
///
/// # Errors
/// When the database cannot.
pub async fn set_lane(tx: &mut Tx, id: MailId, lane: Lane) -> Result<(), Error> {
    let query = sqlx::query("update outbox set lane = $1 where id = $2");
    query.bind(lane.number()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}
