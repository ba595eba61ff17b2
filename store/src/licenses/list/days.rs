//! Days as places in the list: a filter by days looks only between two of them (L14).

use domain::{Scope, Timestamp};

use super::Page;
use crate::{Error, Tx, licenses::License, row::Read};

/// Where in the list the days of a filter lie. Licenses need not have come in the order of their
/// days, so there are places where it is certain, and others where the row itself tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days {
    /// Nothing before the first place is of these days.
    pub from: Option<Edge>,
    /// Nothing after the last place is of these days.
    pub before: Option<Edge>,
}

/// One end of the days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// The time itself.
    pub at: Timestamp,
    /// The outermost place.
    pub outer: i64,
    /// From this place inwards all are of these days, as far as this edge tells.
    pub inner: i64,
}

impl Days {
    /// Those of a reseller. Others have no places, and every row tells.
    pub(super) async fn of(tx: &mut Tx, scope: &Scope, wanted: &Page) -> Result<Self, Error> {
        let mut days = Self::default();
        if let Some(at) = wanted.from {
            let (first, last) = places(tx, scope, at).await?;
            days.from = Some(match (first, last) {
                (Some(first), last) => Edge { at, outer: first, inner: last.map_or(0, |last| last + 1) },
                (None, _) => Edge { at, outer: i64::MAX, inner: i64::MAX },
            });
        }
        if let Some(at) = wanted.before {
            let (first, last) = places(tx, scope, at).await?;
            days.before = Some(match (first, last) {
                (first, Some(last)) => Edge { at, outer: last, inner: first.map_or(i64::MAX, |first| first - 1) },
                (_, None) => Edge { at, outer: 0, inner: 0 },
            });
        }
        if scope.reseller().is_none() {
            days.from = days.from.map(|edge| Edge { outer: 0, inner: i64::MAX, ..edge });
            days.before = days.before.map(|edge| Edge { outer: i64::MAX, inner: 0, ..edge });
        }
        Ok(days)
    }
}

/// The first place of that day or a later one, and the last of that day or an earlier one.
async fn places(tx: &mut Tx, scope: &Scope, at: Timestamp) -> Result<(Option<i64>, Option<i64>), Error> {
    let Some(reseller) = scope.reseller() else { return Ok((None, None)) };
    let query = sqlx::query(
        "select min(case when day >= $2 then first_seq end) as first_place,
             max(case when day <= $2 then last_seq end) as last_place
         from license_days
         where reseller_id = $1",
    );
    let row = query.bind(reseller.to_string()).bind(day(at)).fetch_one(tx.db()).await?;
    Ok((row.maybe_int("first_place")?, row.maybe_int("last_place")?))
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
