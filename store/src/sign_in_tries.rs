//! Wrong passwords and codes in a row, by name and network (A6). The table has a fixed number of slots, so nobody makes it grow.

use chrono::Duration;
use domain::{ContactId, Timestamp};

use crate::{
    Error, Tx,
    cleanup::BATCH,
    row::{Read, micros},
    tx::pieces,
};

/// How many counters there can be at once. Each takes some 200 bytes.
pub const SLOTS: u64 = 1 << 17;

/// How many rows there are that mean nothing.
const PADDING: i64 = 256;

/// No wait is longer than a day, and the clocks of two machines differ by less than an hour. A wait beyond that began while a clock
/// was ahead, and counts for nothing.
const LONGEST_HOURS: i64 = 25;

/// The last moment until which a wait counts.
fn longest(now: Timestamp) -> i64 {
    micros(now + Duration::hours(LONGEST_HOURS))
}

/// Which counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Where it stands, below [`SLOTS`].
    pub slot: i64,
    /// Whose it is: a hash of the name and the network.
    pub tag: String,
    /// The contact of that name, if there is one.
    pub contact: Option<ContactId>,
}

/// Until when nothing is looked at, if that is later than now.
///
/// # Errors
/// When the database cannot.
pub async fn waits(tx: &mut Tx, counter: &Counter, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let query = sqlx::query(
        "select wait_until
         from sign_in_tries
         where slot = $1 and tag = $2 and wait_until > $3 and wait_until <= $4",
    );
    let query = query.bind(counter.slot).bind(counter.tag.clone()).bind(micros(now)).bind(longest(now));
    query.fetch_optional(tx.db()).await?.map(|row| row.time("wait_until")).transpose()
}

/// Counts one more try before anybody looks whether it is right; `None` while it has to wait. Of many at once, each gets a
/// number of its own: how many in a row are wrong if this one is.
///
/// # Errors
/// When the database cannot.
pub async fn claim(tx: &mut Tx, counter: &Counter, now: Timestamp) -> Result<Option<i64>, Error> {
    let query = sqlx::query_scalar(
        "insert into sign_in_tries (slot, tag, contact_id, wrong, wait_until, tried_at)
         values ($1, $2, $3, 1, 0, $4)
         on conflict (slot) do update
         set wrong = case when sign_in_tries.tag = excluded.tag then sign_in_tries.wrong + 1 else 1 end,
             tag = excluded.tag, contact_id = excluded.contact_id, wait_until = 0, tried_at = excluded.tried_at
         where sign_in_tries.tag <> excluded.tag or sign_in_tries.wait_until <= excluded.tried_at
            or sign_in_tries.wait_until > $5
         returning wrong",
    );
    let query = query.bind(counter.slot).bind(counter.tag.clone()).bind(counter.contact.map(|id| id.to_string()));
    Ok(query.bind(micros(now)).bind(longest(now)).fetch_optional(tx.db()).await?)
}

/// The try is wrong, as far as anybody knows: the next one waits until then. Never takes a longer wait back.
///
/// # Errors
/// When the database cannot.
pub async fn wrong(tx: &mut Tx, counter: &Counter, until: Timestamp, now: Timestamp) -> Result<(), Error> {
    let query = sqlx::query(
        "update sign_in_tries
         set wait_until = case when wait_until > $1 then wait_until else $1 end, tried_at = $2
         where slot = $3 and tag = $4",
    );
    let query = query.bind(micros(until)).bind(micros(now)).bind(counter.slot).bind(counter.tag.clone());
    query.execute(tx.db()).await?;
    Ok(())
}

/// A wrong try changes one row of whose it is, or, when that is `nobody`, one row that means nothing: by the time it takes, the two
/// are the same.
///
/// # Errors
/// When the database cannot.
pub async fn pad(tx: &mut Tx, counter: &Counter, nobody: bool) -> Result<(), Error> {
    let query = sqlx::query("update sign_in_padding set written = written + 1 where slot = $1 and $2 = 1");
    query.bind(counter.slot % PADDING).bind(i64::from(nobody)).execute(tx.db()).await?;
    Ok(())
}

/// Takes a claimed try back: it was not wrong, or nobody looked.
///
/// # Errors
/// When the database cannot.
pub async fn release(tx: &mut Tx, counter: &Counter) -> Result<(), Error> {
    let query = sqlx::query(
        "update sign_in_tries
         set wrong = wrong - 1, wait_until = 0
         where slot = $1 and tag = $2 and wrong > 0",
    );
    query.bind(counter.slot).bind(counter.tag.clone()).execute(tx.db()).await?;
    Ok(())
}

/// Begins anew: somebody has come in there.
///
/// # Errors
/// When the database cannot.
pub async fn forget(tx: &mut Tx, counter: &Counter) -> Result<(), Error> {
    let query = sqlx::query("delete from sign_in_tries where slot = $1 and tag = $2");
    query.bind(counter.slot).bind(counter.tag.clone()).execute(tx.db()).await?;
    Ok(())
}

/// Begins anew everywhere: the contact has chosen a new password, or was unlocked.
///
/// # Errors
/// When the database cannot.
pub async fn forget_contact(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    let query = sqlx::query("delete from sign_in_tries where contact_id = $1");
    query.bind(contact.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Takes out a batch of what was tried last before that time; gives how many. None left means that they were all.
///
/// # Errors
/// When the database cannot.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    let sql = format!(
        "delete from sign_in_tries
         where slot in (select slot from sign_in_tries where tried_at < $1 order by tried_at limit {BATCH})"
    );
    let query = sqlx::query(pieces(sql));
    Ok(query.bind(micros(before)).execute(tx.db()).await?.rows_affected())
}
