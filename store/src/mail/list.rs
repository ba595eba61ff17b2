//! The outbox as the operator sees it: a page of it, what is in trouble, and another try.

use domain::{MailId, Scope, Timestamp, mail::State};

use super::{COLUMNS, Mail, read};
use crate::{
    Error, Tx,
    clauses::Clauses,
    dialect::Dialect,
    row::{Read, micros},
};

/// A page of the outbox, newest first; empty for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    state: Option<State>,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Mail>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let (sql, clauses) = select(tx.dialect(), state, after, most);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// Each state has an index of its own, which holds nothing else.
fn select(dialect: Dialect, state: Option<State>, after: Option<i64>, most: i64) -> (String, Clauses) {
    let mut clauses = Clauses::default();
    clauses.and("seq < ?", [after.unwrap_or(i64::MAX).into()]);
    let part = match state {
        None => None,
        Some(State::Sent) => Some(("outbox_sent", "sent_at is not null")),
        Some(State::Replaced) => Some(("outbox_replaced", "sent_at is null and replaced_at is not null")),
        Some(State::Waiting) => Some(("outbox_waiting", "sent_at is null and error is null and replaced_at is null")),
        Some(State::Retrying) => Some((
            "outbox_retrying",
            "sent_at is null and error is not null and failed_at is null and replaced_at is null",
        )),
        Some(State::Failed) => Some((
            "outbox_failed",
            "sent_at is null and error is not null and failed_at is not null and replaced_at is null",
        )),
    };
    let index = part.map(|(index, which)| {
        clauses.and(which, []);
        dialect.by_index(index)
    });
    let (index, which) = (index.unwrap_or_default(), clauses.text());
    (format!("select {COLUMNS} from outbox {index} where {which} order by seq desc limit {most}"), clauses)
}

/// How many could not be sent so far and are needed still, counted up to `most`: those that are tried again, and those that are not.
///
/// # Errors
/// When the database cannot.
pub async fn failed_count(tx: &mut Tx, scope: &Scope, most: i64) -> Result<i64, Error> {
    if !scope.operator() {
        return Ok(0);
    }
    let query = sqlx::query_scalar(
        "select count(*)
         from (select 1 from outbox
               where sent_at is null and error is not null and replaced_at is null
               limit $1) as troubled",
    );
    Ok(query.bind(most).fetch_one(tx.db()).await?)
}

/// Since when the oldest mail waits that is still to be sent; those that nobody tries any more are counted as failed.
///
/// # Errors
/// When the database cannot.
pub async fn oldest_unsent(tx: &mut Tx, scope: &Scope) -> Result<Option<Timestamp>, Error> {
    if !scope.operator() {
        return Ok(None);
    }
    let query = sqlx::query(
        "select created_at
         from outbox
         where sent_at is null and failed_at is null
         order by created_at
         limit 1",
    );
    let row = query.fetch_optional(tx.db()).await?;
    row.map(|row| row.time("created_at")).transpose()
}

/// What became of another try that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// It is due now.
    Due,
    /// It was sent before.
    Sent,
    /// It is not needed any more: a newer one has taken its place, or the address of its person is another one now.
    Replaced,
    /// It failed so long ago that its text is not kept any more, or not the links and keys in it.
    TextGone,
}

/// A mail is due now, if it was not sent, is needed still, and all of its text is there; `None` when there is no such mail for whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn retry(tx: &mut Tx, scope: &Scope, id: MailId, now: Timestamp) -> Result<Option<Retried>, Error> {
    if !scope.operator() {
        return Ok(None);
    }
    let query = sqlx::query(
        "update outbox
         set due_at = $1, failed_at = null
         where id = $2 and sent_at is null and replaced_at is null and coalesce(whole, body, '') <> ''",
    );
    let done = query.bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
    if done.rows_affected() == 1 {
        return Ok(Some(Retried::Due));
    }
    let query = sqlx::query("select sent_at, replaced_at from outbox where id = $1");
    let Some(row) = query.bind(id.to_string()).fetch_optional(tx.db()).await? else { return Ok(None) };
    Ok(Some(match (row.maybe_time("sent_at")?, row.maybe_time("replaced_at")?) {
        (Some(_), _) => Retried::Sent,
        (None, Some(_)) => Retried::Replaced,
        (None, None) => Retried::TextGone,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::Database};

    #[tokio::test]
    async fn x2_an_index_answers_each_state_of_the_outbox() {
        let database = Database::sqlite().await;
        let store = Store::open(&database.url).await.expect("a store");
        let mut tx = store.read().await.expect("a transaction");
        for (state, index) in [
            (State::Sent, "outbox_sent"),
            (State::Waiting, "outbox_waiting"),
            (State::Retrying, "outbox_retrying"),
            (State::Failed, "outbox_failed"),
            (State::Replaced, "outbox_replaced"),
        ] {
            let (sql, clauses) = select(Dialect::Sqlite, Some(state), Some(7), 5);
            let sql = format!("explain query plan {sql}");
            let rows = clauses.rows(sql).fetch_all(tx.db()).await.expect("a plan");
            let line = rows[0].text("detail").expect("a line");
            assert!(line.starts_with("SEARCH") && line.contains(index), "{state:?}: {line}");
        }
    }
}
