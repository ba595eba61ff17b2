//! Taking a license back for good, with what was charged for it (B9).

use domain::Timestamp;

use super::License;
use crate::{Error, Tx, row::micros};

/// A license is given back: revoked, and *refunded*. It frees its slot when it was unpaid, and its subscription goes on without it.
/// `false` when it was given back, revoked or transferred before: of two who do it at once, one does.
///
/// # Errors
/// When the database cannot.
pub async fn give_back(tx: &mut Tx, license: &License, frees_slot: bool, now: Timestamp) -> Result<bool, Error> {
    let query = sqlx::query(
        "update licenses
         set payment_status = 'refunded', revoked_at = $1
         where id = $2 and payment_status = $3 and revoked_at is null and transferred_at is null",
    );
    let was = if frees_slot { "pending" } else { "paid" };
    let done = query.bind(micros(now)).bind(license.id.to_string()).bind(was).execute(tx.db()).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if frees_slot {
        let query = sqlx::query("update accounts set unpaid_licenses = unpaid_licenses - 1 where id = $1");
        query.bind(license.reseller.to_string()).execute(tx.db()).await?;
    }
    Ok(true)
}
