//! The chain of the audit log: written last in a transaction, and proven from its first entry to its last.

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;

use super::{COLUMNS, Event};
use crate::{
    Error, Store, Tx,
    row::{Read, micros},
    tx::{pieces, rows},
};

/// So many entries are written in one statement, and read in one.
const WRITTEN: usize = 100;
const READ: usize = 1_000;

/// Where the chain ends. Whoever keeps this elsewhere can prove later that nothing before it was rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many entries it has.
    pub place: i64,
    /// The hash of the last one.
    pub hash: String,
    older: i64,
    older_until: i64,
}

/// What an entry says, as it stands in its row: what the hash is taken over.
struct Said {
    id: String,
    at: i64,
    what: String,
    account: Option<String>,
    contact: Option<String>,
    who: String,
    subject: String,
    detail: Option<String>,
    address: String,
    request: String,
}

impl Said {
    fn by(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            at: micros(event.at),
            what: event.what.word().to_owned(),
            account: event.account.map(|id| id.to_string()),
            contact: event.contact.map(|id| id.to_string()),
            who: event.who.clone(),
            subject: event.subject.clone(),
            detail: event.detail.clone(),
            address: event.address.clone(),
            request: event.request.clone(),
        }
    }

    /// Nothing is understood of it, so that nonsense is found like any other change.
    fn in_row(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.text("id")?,
            at: row.int("at")?,
            what: row.text("what")?,
            account: row.maybe_text("account_id")?,
            contact: row.maybe_text("contact_id")?,
            who: row.text("who")?,
            subject: row.text("subject_id")?,
            detail: row.maybe_text("detail")?,
            address: row.text("address")?,
            request: row.text("request_id")?,
        })
    }

    /// Each part with its length before it, so that no two entries read alike.
    fn hash(&self, former: &str, place: i64) -> String {
        let (at, place) = (self.at.to_string(), place.to_string());
        let parts = [
            Some(former),
            Some(&place),
            Some(&self.id),
            Some(&at),
            Some(&self.what),
            self.account.as_deref(),
            self.contact.as_deref(),
            Some(&self.who),
            Some(&self.subject),
            self.detail.as_deref(),
            Some(&self.address),
            Some(&self.request),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            match part {
                Some(text) => hash.update(format!("{}:{text}", text.len())),
                None => hash.update("-"),
            }
        }
        hex::encode(hash.finalize())
    }
}

/// Where the chain ends.
///
/// # Errors
/// When the database cannot.
pub async fn head(tx: &mut Tx) -> Result<Head, Error> {
    select_head(tx, "").await
}

async fn select_head(tx: &mut Tx, hold: &str) -> Result<Head, Error> {
    let sql = format!("select place, hash, older, older_until from audit_head where one = 1 {hold}");
    let row = sqlx::query(pieces(sql)).fetch_one(tx.db()).await?;
    Ok(Head {
        place: row.int("place")?,
        hash: row.text("hash")?,
        older: row.int("older")?,
        older_until: row.int("older_until")?,
    })
}

/// Writes what was noted to the end of the chain. From here to the commit the transaction holds that end, and it waits for
/// nobody any more; so transactions go on one after the other, and none locks out another.
pub(crate) async fn write(tx: &mut Tx) -> Result<(), Error> {
    let events = std::mem::take(tx.noted());
    if events.is_empty() {
        return Ok(());
    }
    let hold = tx.dialect().for_update();
    let Head { mut place, mut hash, .. } = select_head(tx, hold).await?;
    for events in events.chunks(WRITTEN) {
        let mut entries = Vec::new();
        for event in events {
            let said = Said::by(event);
            place += 1;
            hash = said.hash(&hash, place);
            entries.push((said, place, hash.clone()));
        }
        insert(tx, entries).await?;
    }
    let query = sqlx::query("update audit_head set place = $1, hash = $2 where one = 1");
    query.bind(place).bind(hash).execute(tx.db()).await?;
    Ok(())
}

async fn insert(tx: &mut Tx, entries: Vec<(Said, i64, String)>) -> Result<(), Error> {
    let sql = format!(
        "insert into audit (id, at, what, account_id, contact_id, who, subject_id, detail, address, request_id, place, hash)
         values {}",
        rows(0, 12, &[], entries.len())
    );
    let query = entries.into_iter().fold(sqlx::query(pieces(sql)), |query, (said, place, hash)| {
        query
            .bind(said.id)
            .bind(said.at)
            .bind(said.what)
            .bind(said.account)
            .bind(said.contact)
            .bind(said.who)
            .bind(said.subject)
            .bind(said.detail)
            .bind(said.address)
            .bind(said.request)
            .bind(place)
            .bind(hash)
    });
    query.execute(tx.db()).await?;
    Ok(())
}

/// Follows the chain from its first entry to its head, and names what does not belong, up to 100 rows. For `keyhouse verify`: it
/// reads some entries in each transaction, the last ones together with the head.
///
/// # Errors
/// When the database cannot.
pub async fn broken(store: &Store) -> Result<Vec<String>, Error> {
    let older_until = head(&mut store.read().await?).await?.older_until;
    let mut walk =
        Walk { older: 0, place: 0, hash: String::new(), last: "the beginning".to_owned(), found: Vec::new() };
    let mut after = i64::MIN;
    loop {
        let mut tx = store.read().await?;
        let sql =
            format!("select {COLUMNS}, a.place, a.hash from audit a where a.seq > $1 order by a.seq limit {READ}");
        let rows = sqlx::query(pieces(sql)).bind(after).fetch_all(tx.db()).await?;
        for row in &rows {
            walk.step(row, older_until)?;
        }
        match rows.last() {
            Some(last) if rows.len() == READ => after = last.int("seq")?,
            _ => return Ok(walk.ends(&head(&mut tx).await?)),
        }
    }
}

/// How far the chain was followed.
struct Walk {
    older: i64,
    place: i64,
    hash: String,
    last: String,
    found: Vec<String>,
}

impl Walk {
    /// Whether it ends where the head says, and all that was found.
    fn ends(mut self, head: &Head) -> Vec<String> {
        if self.older != head.older {
            self.found.push(format!("{} entries were older than the chain, {} are there", head.older, self.older));
        }
        if (self.place, &self.hash) != (head.place, &head.hash) {
            self.found.push(format!("the chain ends with entry {}, but its head says {}", self.place, head.place));
        }
        self.found.truncate(100);
        self.found
    }

    fn step(&mut self, row: &AnyRow, older_until: i64) -> Result<(), Error> {
        let said = Said::in_row(row)?;
        let (place, hash) = (row.maybe_int("place")?, row.maybe_text("hash")?);
        let (Some(place), Some(hash)) = (place, hash) else {
            if row.int("seq")? <= older_until {
                self.older += 1;
            } else {
                self.found.push(format!("{} was inserted: it has no place in the chain", said.id));
            }
            return Ok(());
        };
        let expected = self.place + 1;
        if place < expected {
            self.found.push(format!("{} was inserted: entry {place} is there already", said.id));
            return Ok(());
        }
        if place == expected + 1 {
            self.found.push(format!("entry {expected} was removed, before {}", said.id));
        } else if place > expected {
            self.found.push(format!("entries {expected} to {} were removed, before {}", place - 1, said.id));
        } else if said.hash(&self.hash, place) != hash {
            self.found.push(format!("entry {place}, {}, or {} before it was changed", said.id, self.last));
        }
        (self.place, self.hash, self.last) = (place, hash, said.id);
        Ok(())
    }
}
