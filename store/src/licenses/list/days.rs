//! Days as places in the list: a filter by days looks only between two of them (L14).

use domain::{Scope, Timestamp};

use super::Page;
use crate::{Error, Tx, licenses::License};

/// Places between which the days of a filter lie. What lies there is looked at again, because
/// licenses need not have come in the order of their days.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days {
    pub first: Option<i64>,
    pub last: Option<i64>,
}

impl Days {
    /// Those of a reseller; others have none, and are looked through.
    pub(super) async fn of(tx: &mut Tx, scope: &Scope, wanted: &Page) -> Result<Self, Error> {
        let mut days = Self::default();
        let Some(reseller) = scope.reseller() else { return Ok(days) };
        if let Some(from) = wanted.from {
            let query = sqlx::query_scalar::<_, Option<i64>>(
                "select min(first_seq) from license_days where reseller_id = $1 and day >= $2",
            );
            let first = query.bind(reseller.to_string()).bind(day(from)).fetch_one(tx.db()).await?;
            days.first = Some(first.unwrap_or(i64::MAX));
        }
        if let Some(before) = wanted.before {
            let query = sqlx::query_scalar::<_, Option<i64>>(
                "select max(last_seq) from license_days where reseller_id = $1 and day <= $2",
            );
            let last = query.bind(reseller.to_string()).bind(day(before)).fetch_one(tx.db()).await?;
            days.last = Some(last.unwrap_or(0));
        }
        Ok(days)
    }
}

/// Widens the places of the day of a license.
pub(in crate::licenses) async fn note(tx: &mut Tx, license: &License, seq: i64) -> Result<(), Error> {
    let query = sqlx::query(
        "insert into license_days as d (reseller_id, day, first_seq, last_seq)
         values ($1, $2, $3, $3)
         on conflict (reseller_id, day) do update
         set first_seq = case when excluded.first_seq < d.first_seq then excluded.first_seq else d.first_seq end,
             last_seq = case when excluded.last_seq > d.last_seq then excluded.last_seq else d.last_seq end",
    );
    query.bind(license.reseller.to_string()).bind(day(license.created_at)).bind(seq).execute(tx.db()).await?;
    Ok(())
}

/// The day of a time, counted from 1970 in UTC.
fn day(at: Timestamp) -> i64 {
    at.timestamp().div_euclid(86_400)
}
