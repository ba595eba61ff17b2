//! The outbox (X2).

use domain::{MailId, Scope, Timestamp, mail::State};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

/// A mail as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its place in the outbox.
    pub seq: i64,
    /// Its id.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// The plain text, until a mail server has it.
    pub body: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed.
    pub error: Option<String>,
}

impl Mail {
    /// Where it stands.
    pub fn state(&self) -> State {
        match (self.sent_at, &self.error) {
            (Some(_), _) => State::Sent,
            (None, Some(_)) => State::Retrying,
            (None, None) => State::Waiting,
        }
    }
}

/// Puts a mail into the outbox, to be sent at once.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    id: MailId,
    recipient: &str,
    subject: &str,
    body: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into outbox (id, recipient, subject, body, created_at, due_at)
         values ($1, $2, $3, $4, $5, $5)",
    );
    query
        .bind(id.to_string())
        .bind(recipient.to_owned())
        .bind(subject.to_owned())
        .bind(body.to_owned())
        .bind(micros(now))
        .execute(tx.db())
        .await?;
    Ok(())
}

const COLUMNS: &str = "seq, id, recipient, subject, body, created_at, sent_at, attempts, error";

fn read(row: &AnyRow) -> Result<Mail, Error> {
    Ok(Mail {
        seq: row.int("seq")?,
        id: row.parsed("id")?,
        recipient: row.text("recipient")?,
        subject: row.text("subject")?,
        body: row.maybe_text("body")?,
        created_at: row.time("created_at")?,
        sent_at: row.maybe_time("sent_at")?,
        attempts: row.int("attempts")?,
        error: row.maybe_text("error")?,
    })
}

/// Takes the next mail that is due, and puts it off until `again_at`: if its sender dies, it is
/// tried again then. Two senders never take the same one.
///
/// # Errors
/// When the database cannot.
pub async fn take_due(tx: &mut Tx, now: Timestamp, again_at: Timestamp) -> Result<Option<Mail>, Error> {
    loop {
        let query = sqlx::query_scalar::<_, String>(
            "select id from outbox
             where sent_at is null and due_at <= $1
             order by due_at, seq
             limit 1",
        );
        let Some(id) = query.bind(micros(now)).fetch_optional(tx.db()).await? else {
            return Ok(None);
        };
        let sql = format!(
            "update outbox set attempts = attempts + 1, due_at = $1
             where id = $2 and sent_at is null and due_at <= $3
             returning {COLUMNS}"
        );
        let query = sqlx::query(pieces(sql)).bind(micros(again_at)).bind(id).bind(micros(now));
        if let Some(row) = query.fetch_optional(tx.db()).await? {
            return read(&row).map(Some);
        }
        // Another sender took it in between; the next one may be free.
    }
}

/// A mail was sent. Its text goes, unless it is kept.
///
/// # Errors
/// When the database cannot.
pub async fn sent(tx: &mut Tx, id: MailId, now: Timestamp, keep_text: bool) -> Result<(), Error> {
    let sql = if keep_text {
        "update outbox set sent_at = $1, error = null where id = $2"
    } else {
        "update outbox set sent_at = $1, error = null, body = null where id = $2"
    };
    sqlx::query(sql).bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A try failed; the next is at `due_at`.
///
/// # Errors
/// When the database cannot.
pub async fn failed(tx: &mut Tx, id: MailId, error: &str, due_at: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update outbox set error = $1, due_at = $2 where id = $3");
    query.bind(error.to_owned()).bind(micros(due_at)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// How often a mail was tried.
///
/// # Errors
/// When the database cannot.
pub async fn attempts(tx: &mut Tx, id: MailId) -> Result<i64, Error> {
    let query = sqlx::query_scalar("select attempts from outbox where id = $1");
    Ok(query.bind(id.to_string()).fetch_one(tx.db()).await?)
}

/// A page of the outbox, newest first; empty for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, scope: &Scope, after: Option<i64>, most: i64) -> Result<Vec<Mail>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let sql = format!("select {COLUMNS} from outbox where seq < $1 order by seq desc limit $2");
    let query = sqlx::query(pieces(sql)).bind(after.unwrap_or(i64::MAX)).bind(most);
    let rows = query.fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

/// How many mails could not be sent so far, counted up to `most`; those to be sent stand in an index of their own.
///
/// # Errors
/// When the database cannot.
pub async fn failing(tx: &mut Tx, most: i64) -> Result<i64, Error> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from (select 1 from outbox where sent_at is null and error is not null limit $1) as found",
    );
    Ok(query.bind(most).fetch_one(tx.db()).await?)
}
