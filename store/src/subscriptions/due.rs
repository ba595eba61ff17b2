//! Which subscriptions the clockwork has to look at, and what it does to their licenses.

use domain::{AccountId, LicenseId, OrderLineId, Timestamp};

use crate::{
    Error, Tx,
    row::{Read, micros},
};

/// A subscription that has come due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Since when.
    pub at: Timestamp,
    /// Its order line.
    pub line: OrderLineId,
    /// Who is charged.
    pub account: AccountId,
}

/// What has come due by now, the oldest first, after one of the page before.
///
/// # Errors
/// When the database cannot.
pub async fn due(tx: &mut Tx, now: Timestamp, after: Option<Due>, most: i64) -> Result<Vec<Due>, Error> {
    let query = sqlx::query(
        "select due_at, order_line_id, account_id
         from subscriptions
         where due_at <= $1 and (due_at, order_line_id) > ($2, $3)
         order by due_at, order_line_id
         limit $4",
    );
    let (at, line) = after.map_or((i64::MIN, String::new()), |due| (micros(due.at), due.line.to_string()));
    let rows = query.bind(micros(now)).bind(at).bind(line).bind(most).fetch_all(tx.db()).await?;
    let due = |row: &sqlx::any::AnyRow| {
        Ok(Due { at: row.time("due_at")?, line: row.parsed("order_line_id")?, account: row.parsed("account_id")? })
    };
    rows.iter().map(due).collect()
}

/// The licenses of a line that can be renewed, up to `most`, those first that were created first, each with its creation: what is
/// renewed of fewer is the older part.
///
/// # Errors
/// When the database cannot.
pub async fn renewable(tx: &mut Tx, line: OrderLineId, most: u32) -> Result<Vec<(LicenseId, Timestamp)>, Error> {
    let query = sqlx::query(
        "select id, created_at
         from licenses
         where order_line_id = $1 and revoked_at is null and transferred_at is null
         order by seq
         limit $2",
    );
    let rows = query.bind(line.to_string()).bind(i64::from(most)).fetch_all(tx.db()).await?;
    rows.iter().map(|row| Ok((row.parsed("id")?, row.time("created_at")?))).collect()
}

/// A license is valid until then; never shorter than it was.
///
/// # Errors
/// When the database cannot.
pub async fn prolong(tx: &mut Tx, license: LicenseId, until: Timestamp) -> Result<(), Error> {
    let query = sqlx::query("update licenses set valid_until = $1 where id = $2 and valid_until < $1");
    query.bind(micros(until)).bind(license.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Something is owed for a license again: if it was paid, it is pending and takes a slot, also over the cap, which refuses
/// orders and never a renewal (L7).
///
/// # Errors
/// When the database cannot.
pub async fn owe_again(tx: &mut Tx, account: AccountId, license: LicenseId) -> Result<(), Error> {
    let query = sqlx::query("update licenses set payment_status = 'pending' where id = $1 and payment_status = 'paid'");
    if query.bind(license.to_string()).execute(tx.db()).await?.rows_affected() == 1 {
        let query = sqlx::query("update accounts set unpaid_licenses = unpaid_licenses + 1 where id = $1");
        query.bind(account.to_string()).execute(tx.db()).await?;
    }
    Ok(())
}
