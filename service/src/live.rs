//! Tells open pages that something of their account has changed.
//!
//! Each account has a version that every deed on it raises in its transaction. A page knows
//! the version it was made from; a listener that was away compares the two and misses nothing.

use domain::AccountId;
use tokio::sync::broadcast;

use crate::{Cx, Error, accounts};

/// Something of an account has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose pages it concerns.
    pub account: AccountId,
    /// The account's version after it.
    pub version: i64,
    /// What happened, in a few words.
    pub words: String,
}

/// Where changes are announced once they are committed.
#[derive(Clone)]
pub struct Live(broadcast::Sender<Change>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Live {
    /// All changes from now on; the listener picks those of its account.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }

    /// Announces a change; nobody listening is no error.
    pub(crate) fn announce(&self, change: Change) {
        self.0.send(change).ok();
    }
}

/// The version of the actor's account.
///
/// # Errors
/// When the database does not answer.
pub async fn version(cx: &Cx) -> Result<i64, Error> {
    let mut tx = cx.service.store.read().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    Ok(account.version)
}
