//! What becomes of a payment. Each step says from which state it goes, so that of two at once one comes too late.

use domain::{ChargeId, Money, PaymentId, Timestamp, billing::PaymentState};

use super::{COLUMNS, Payment, read};
use crate::{Error, Tx, cleanup::BATCH, row::micros, tx::pieces};

/// A charge is being paid by this payment (B6). `false` when another payment has it, or not so much of it is open any more. The
/// guard is the `where`.
///
/// # Errors
/// When the database cannot.
pub async fn hold_charge(tx: &mut Tx, payment: PaymentId, charge: ChargeId, amount: Money) -> Result<bool, Error> {
    let query =
        sqlx::query("update charges set paying = $1 where id = $2 and open = $3 and currency = $4 and paying is null");
    let query = query.bind(payment.to_string()).bind(charge.to_string()).bind(amount.minor);
    let held = query.bind(amount.currency.code()).execute(tx.db()).await?.rows_affected() == 1;
    if held {
        let query = sqlx::query("insert into payment_charges (payment_id, charge_id, amount) values ($1, $2, $3)");
        query.bind(payment.to_string()).bind(charge.to_string()).bind(amount.minor).execute(tx.db()).await?;
    }
    Ok(held)
}

/// Its charges can be paid by another payment.
///
/// # Errors
/// When the database cannot.
pub async fn free(tx: &mut Tx, payment: PaymentId) -> Result<(), Error> {
    let query = sqlx::query("update charges set paying = null where paying = $1");
    query.bind(payment.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Its hosted page is open; the same one again changes nothing.
///
/// # Errors
/// When the database cannot.
pub async fn opened(tx: &mut Tx, payment: PaymentId, session: &str, url: &str) -> Result<bool, Error> {
    let query = sqlx::query(
        "update payments
         set session = $1, page_url = $2
         where id = $3 and (session is null or session = $1)",
    );
    let query = query.bind(session.to_owned()).bind(url.to_owned()).bind(payment.to_string());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// It has ended like that; `false` when it is not in the state any more in which it was found.
///
/// # Errors
/// When the database cannot.
pub async fn end(
    tx: &mut Tx,
    payment: &Payment,
    state: PaymentState,
    failure: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    let query = sqlx::query(
        "update payments
         set state = $1, failure = $2, ended_at = $3, page_url = null
         where id = $4 and state = $5",
    )
    .bind(state.word())
    .bind(failure.map(str::to_owned))
    .bind(micros(now))
    .bind(payment.id.to_string())
    .bind(payment.state.word());
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// So much more came in; less than nothing when a receipt was taken back.
///
/// # Errors
/// When the database cannot.
pub async fn receive(tx: &mut Tx, payment: PaymentId, more: Money, intent: Option<&str>) -> Result<(), Error> {
    let query =
        sqlx::query("update payments set received = received + $1, intent = coalesce($2, intent) where id = $3");
    let query = query.bind(more.minor).bind(intent.map(str::to_owned)).bind(payment.to_string());
    query.execute(tx.db()).await?;
    Ok(())
}

/// So much more went back to the payer; `false` when another sum was known by now.
///
/// # Errors
/// When the database cannot.
pub async fn give_back(tx: &mut Tx, payment: &Payment, more: Money) -> Result<bool, Error> {
    let query = sqlx::query("update payments set given_back = given_back + $1 where id = $2 and given_back = $3");
    let query = query.bind(more.minor).bind(payment.id.to_string()).bind(payment.given_back.minor);
    Ok(query.execute(tx.db()).await?.rows_affected() == 1)
}

/// Somebody has to look at it.
///
/// # Errors
/// When the database cannot.
pub async fn look_at(tx: &mut Tx, payment: PaymentId, problem: &str) -> Result<(), Error> {
    let query = sqlx::query("update payments set problem = $1 where id = $2");
    query.bind(problem.to_owned()).bind(payment.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Somebody has; `false` when nobody had to any more.
///
/// # Errors
/// When the database cannot.
pub async fn solve(tx: &mut Tx, payment: PaymentId) -> Result<bool, Error> {
    let query = sqlx::query("update payments set problem = null where id = $1 and problem is not null");
    Ok(query.bind(payment.to_string()).execute(tx.db()).await?.rows_affected() == 1)
}

/// Notes that an event was heard; `false` when it was heard before.
///
/// # Errors
/// When the database cannot.
pub async fn heard(tx: &mut Tx, event: &str, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query("insert into webhook_events (id, heard_at) values ($1, $2) on conflict (id) do nothing");
    Ok(query.bind(event.to_owned()).bind(micros(now)).execute(tx.db()).await?.rows_affected() == 1)
}

/// Forgets a batch of the events that were heard before that, oldest first; says how many.
///
/// # Errors
/// When the database cannot.
pub async fn forget_heard(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    let sql = format!(
        "delete from webhook_events
         where id in (select id from webhook_events where heard_at < $1 order by heard_at limit {BATCH})"
    );
    let query = sqlx::query(pieces(sql));
    Ok(query.bind(micros(before)).execute(tx.db()).await?.rows_affected())
}

/// Payments by card that were begun, or last looked at, before that, those that have waited longest first, a few at a time.
///
/// # Errors
/// When the database cannot.
pub async fn to_look(tx: &mut Tx, before: Timestamp) -> Result<Vec<Payment>, Error> {
    let sql = format!(
        "select {COLUMNS}
         from payments r
         where r.state = 'begun' and r.method = 'card' and coalesce(r.looked_at, r.begun_at) < $1
         order by coalesce(r.looked_at, r.begun_at), r.number
         limit 20"
    );
    sqlx::query(pieces(sql)).bind(micros(before)).fetch_all(tx.db()).await?.iter().map(read).collect()
}

/// It was looked at.
///
/// # Errors
/// When the database cannot.
pub async fn looked(tx: &mut Tx, payment: PaymentId, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update payments set looked_at = $1 where id = $2");
    query.bind(micros(now)).bind(payment.to_string()).execute(tx.db()).await?;
    Ok(())
}
