//! The keys of forms that did their deed (O2).

use domain::{ContactId, FormKey, Timestamp};

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// What a form's key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new: do the deed, then [`settle`].
    First,
    /// The same form did the deed before, with this outcome.
    Again(String),
    /// The key was used for another form.
    Other,
}

/// Claims a key for a deed. Of two at once, on either database, the second waits for the first
/// to end and then sees what became of it.
///
/// # Errors
/// When the database cannot.
pub async fn claim(
    tx: &mut Tx,
    contact: ContactId,
    key: FormKey,
    deed: &str,
    fingerprint: &str,
    now: Timestamp,
) -> Result<Claim, Error> {
    let insert = sqlx::query(
        "insert into idempotency_keys (contact_id, form_key, deed, fingerprint, outcome, created_at)
         values ($1, $2, $3, $4, '', $5)
         on conflict (contact_id, form_key) do nothing",
    );
    let done = insert
        .bind(contact.to_string())
        .bind(key.to_string())
        .bind(deed.to_owned())
        .bind(fingerprint.to_owned())
        .bind(micros(now))
        .execute(tx.db())
        .await?;
    if done.rows_affected() == 1 {
        return Ok(Claim::First);
    }
    look(tx, contact, key, deed, fingerprint).await
}

/// What a key says, without a claim to it.
///
/// # Errors
/// When the database cannot.
pub async fn look(
    tx: &mut Tx,
    contact: ContactId,
    key: FormKey,
    deed: &str,
    fingerprint: &str,
) -> Result<Claim, Error> {
    let query = sqlx::query(
        "select deed, fingerprint, outcome
         from idempotency_keys
         where contact_id = $1 and form_key = $2",
    );
    let row = query.bind(contact.to_string()).bind(key.to_string()).fetch_optional(tx.db()).await?;
    let Some(row) = row else { return Ok(Claim::First) };
    let same = row.text("deed")? == deed && row.text("fingerprint")? == fingerprint;
    if same { Ok(Claim::Again(row.text("outcome")?)) } else { Ok(Claim::Other) }
}

/// Keeps the outcome of the deed beside its key.
///
/// # Errors
/// When the database cannot.
pub async fn settle(tx: &mut Tx, contact: ContactId, key: FormKey, outcome: &str) -> Result<(), Error> {
    let query = sqlx::query("update idempotency_keys set outcome = $1 where contact_id = $2 and form_key = $3");
    query.bind(outcome.to_owned()).bind(contact.to_string()).bind(key.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// The outcome of a form that did its deed; empty while it has not.
///
/// # Errors
/// When the database cannot.
pub async fn outcome(tx: &mut Tx, contact: ContactId, key: FormKey) -> Result<Option<String>, Error> {
    let query = sqlx::query_scalar("select outcome from idempotency_keys where contact_id = $1 and form_key = $2");
    Ok(query.bind(contact.to_string()).bind(key.to_string()).fetch_optional(tx.db()).await?)
}
