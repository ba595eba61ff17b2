//! Lists as tables, part by part: what is asked for next begins where the part before ended, so that
//! a list of any length costs no more memory than one part of it.

use std::num::NonZeroU32;

use domain::{ContactId, audit::What};
use governor::Quota;
use serde_json::json;

use crate::{
    Cx, Error,
    limiter::{self, Limiter},
    security_log::{self, Who},
};

/// So many files one person takes home in an hour: each is an entry of the audit log, which forgets nothing.
const AN_HOUR: NonZeroU32 = NonZeroU32::new(120).expect("it is not nought");

/// How many files people have taken home lately.
pub(crate) struct Downloads(Limiter<ContactId>);

impl Default for Downloads {
    fn default() -> Self {
        Self(Limiter::new(Quota::per_hour(AN_HOUR)))
    }
}

/// Whether the actor may take one more file home now.
///
/// # Errors
/// [`Error::TooMany`].
pub fn may_take(cx: &Cx) -> Result<(), Error> {
    cx.service.downloads.0.check(&cx.actor.contact).map_err(|full| {
        security_log::event("limit.hit", &cx.origin.address, Who::Contact(cx.actor.contact), "downloads");
        Error::TooMany { seconds: limiter::seconds(&full) + 1 }
    })
}

/// Writes down that the actor takes a file home: a list, or keys.
///
/// # Errors
/// When the database does not answer.
pub async fn taken(cx: &Cx, file: &str) -> Result<(), Error> {
    let mut tx = cx.service.store.write().await?;
    cx.write_down(&mut tx, What::FileTaken, cx.actor.account, cx.actor.account, json!({ "file": file })).await?;
    tx.commit().await?;
    security_log::event("export.taken", &cx.origin.address, Who::Contact(cx.actor.contact), "file");
    Ok(())
}

/// How many rows a part has.
pub(crate) const PART: usize = 500;

/// Some rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<const N: usize> {
    /// Their cells, one for each column.
    pub rows: Vec<[String; N]>,
    /// The `after` of the next part, if there is one.
    pub next: Option<String>,
}

/// Where the next part begins, if `rows`, of which one more than `most` were asked for, are not all: `place` says it of the last.
pub(crate) fn next<T>(rows: &mut Vec<T>, most: usize, place: impl Fn(&T) -> String) -> Option<String> {
    let more = rows.len() > most;
    rows.truncate(most);
    rows.last().filter(|_| more).map(place)
}

impl<const N: usize> Part<N> {
    /// A table without rows.
    pub(crate) const fn empty() -> Self {
        Self { rows: Vec::new(), next: None }
    }
}
