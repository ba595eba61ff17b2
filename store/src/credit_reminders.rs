//! Credit reminders of an account (C7): at which percentages of the limit that are left, and which were sent.

use domain::{AccountId, BasisPoints, billing::Reminder};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, maybe_micros},
};

/// The reminders of an account, the largest percentage first; it has four at most.
///
/// # Errors
/// When the database cannot.
pub async fn of(tx: &mut Tx, account: AccountId) -> Result<Vec<Reminder>, Error> {
    let query = sqlx::query(
        "select at, sent_at
         from credit_reminders
         where account_id = $1
         order by at desc",
    );
    let rows = query.bind(account.to_string()).fetch_all(tx.db()).await?;
    let reminder = |row: &AnyRow| Ok(Reminder { at: row.rate("at")?, sent: row.maybe_time("sent_at")? });
    rows.iter().map(reminder).collect()
}

/// Keeps these and no others. What stays has been sent when it was.
///
/// # Errors
/// When the database cannot.
pub async fn keep(tx: &mut Tx, account: AccountId, reminders: &[BasisPoints]) -> Result<(), Error> {
    for gone in of(tx, account).await?.into_iter().filter(|reminder| !reminders.contains(&reminder.at)) {
        let query = sqlx::query("delete from credit_reminders where account_id = $1 and at = $2");
        query.bind(account.to_string()).bind(i64::from(gone.at.get())).execute(tx.db()).await?;
    }
    for at in reminders {
        let query = sqlx::query(
            "insert into credit_reminders (account_id, at)
             values ($1, $2)
             on conflict (account_id, at) do nothing",
        );
        query.bind(account.to_string()).bind(i64::from(at.get())).execute(tx.db()).await?;
    }
    Ok(())
}

/// One was sent, or waits again.
///
/// # Errors
/// When the database cannot.
pub async fn mark(tx: &mut Tx, account: AccountId, reminder: Reminder) -> Result<(), Error> {
    let query = sqlx::query("update credit_reminders set sent_at = $1 where account_id = $2 and at = $3");
    let query = query.bind(maybe_micros(reminder.sent)).bind(account.to_string());
    query.bind(i64::from(reminder.at.get())).execute(tx.db()).await?;
    Ok(())
}
