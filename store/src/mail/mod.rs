//! The outbox (X2): what is written, taken, sent, and tried again.

pub mod alerts;
mod answered;
mod lanes;
mod list;
pub mod people;

use domain::{ApplicationId, MailId, Timestamp, mail::State};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, micros},
    tx::pieces,
};

pub use answered::{Answers, answered_by};
pub use lanes::{any_due, set_lane};
pub use list::{Retried, failed_count, oldest_unsent, page, retry};

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
    /// The plain text without links and keys, until a mail server has it.
    pub body: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed.
    pub error: Option<String>,
    /// When it is to be sent, or was.
    pub due_at: Timestamp,
    /// Since when nobody tries any more.
    pub failed_at: Option<Timestamp>,
    /// Since when it is not needed any more.
    pub replaced_at: Option<Timestamp>,
}

impl Mail {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::of(self.sent_at, self.replaced_at, self.failed_at, self.error.as_ref())
    }
}

/// A mail that is being sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The mail.
    pub mail: Mail,
    /// The text with its links and keys, for the recipient alone.
    pub text: String,
}

/// Puts a mail into the outbox, to be sent at once. `body` is what staff may read; `whole`, if it differs, what is sent.
///
/// # Errors
/// When the database cannot.
pub async fn insert(
    tx: &mut Tx,
    id: MailId,
    recipient: &str,
    subject: &str,
    body: &str,
    whole: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into outbox (id, recipient, subject, body, whole, created_at, due_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
    );
    query
        .bind(id.to_string())
        .bind(recipient.to_owned())
        .bind(subject.to_owned())
        .bind(body.to_owned())
        .bind(whole.map(ToOwned::to_owned))
        .bind(micros(now))
        .execute(tx.db())
        .await?;
    Ok(())
}

const COLUMNS: &str =
    "seq, id, recipient, subject, body, created_at, sent_at, attempts, error, due_at, failed_at, replaced_at";

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
        due_at: row.time("due_at")?,
        failed_at: row.maybe_time("failed_at")?,
        replaced_at: row.maybe_time("replaced_at")?,
    })
}

/// Takes the next mail that is due, and puts it off until `again_at`: if its sender dies, it is
/// tried again then. Two senders never take the same one. What is not needed any more has ended ([`people::replace`]) and is never due.
///
/// # Errors
/// When the database cannot.
pub async fn take_due(tx: &mut Tx, now: Timestamp, again_at: Timestamp) -> Result<Option<Outgoing>, Error> {
    loop {
        let query = sqlx::query_scalar::<_, String>(
            "select id from outbox
             where lane = (select case when exists (select 1 from outbox
                                                    where lane = 0 and sent_at is null and failed_at is null
                                                      and due_at <= $1)
                                       then 0 else 1 end)
               and sent_at is null and failed_at is null and due_at <= $1
             order by due_at, seq
             limit 1",
        );
        let Some(id) = query.bind(micros(now)).fetch_optional(tx.db()).await? else {
            return Ok(None);
        };
        let sql = format!(
            "update outbox set attempts = attempts + 1, due_at = $1
             where id = $2 and sent_at is null and failed_at is null and due_at <= $3
             returning {COLUMNS}, coalesce(whole, body, '') as text"
        );
        let query = sqlx::query(pieces(sql)).bind(micros(again_at)).bind(id).bind(micros(now));
        if let Some(row) = query.fetch_optional(tx.db()).await? {
            return Ok(Some(Outgoing { mail: read(&row)?, text: row.text("text")? }));
        }
        // Another sender took it in between; the next one may be free.
    }
}

/// A mail was sent. Its links and keys go, and its text, unless that is kept; of whom it forgets, the address goes too.
///
/// # Errors
/// When the database cannot.
pub async fn sent(tx: &mut Tx, id: MailId, now: Timestamp, keep_text: bool) -> Result<(), Error> {
    let query = sqlx::query(
        "update outbox
         set sent_at = $1, error = null, failed_at = null, whole = null,
             body = case when $2 = 1 and forgets = 0 then body else null end,
             recipient = case when forgets = 0 then recipient else '' end
         where id = $3",
    );
    query.bind(micros(now)).bind(i64::from(keep_text)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A mail is about an application: when that is rejected, its recipient is forgotten.
///
/// # Errors
/// When the database cannot.
pub async fn about(tx: &mut Tx, id: MailId, application: ApplicationId) -> Result<(), Error> {
    let query = sqlx::query("update outbox set application_id = $1 where id = $2");
    query.bind(application.to_string()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Forgets to whom the mails about an application went; what is on its way is forgotten when it is sent.
///
/// # Errors
/// When the database cannot.
pub async fn forget(tx: &mut Tx, application: ApplicationId) -> Result<(), Error> {
    let query = sqlx::query(
        "update outbox
         set forgets = 1,
             body = case when sent_at is null then body else null end,
             recipient = case when sent_at is null then recipient else '' end
         where application_id = $1",
    );
    query.bind(application.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A try failed; the next is at `due_at`.
///
/// # Errors
/// When the database cannot.
pub async fn failed(tx: &mut Tx, id: MailId, error: &str, due_at: Timestamp) -> Result<(), Error> {
    // What another sender has delivered meanwhile has not failed.
    let query = sqlx::query("update outbox set error = $1, due_at = $2 where id = $3 and sent_at is null");
    query.bind(error.to_owned()).bind(micros(due_at)).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// A try failed, and another would too: nobody tries any more until somebody says so.
///
/// # Errors
/// When the database cannot.
pub async fn given_up(tx: &mut Tx, id: MailId, error: &str, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update outbox set error = $1, failed_at = $2 where id = $3 and sent_at is null");
    query.bind(error.to_owned()).bind(micros(now)).bind(id.to_string()).execute(tx.db()).await?;
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
