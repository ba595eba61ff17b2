//! Tells open pages that something of their account has changed, or that their session may be over.
//!
//! Each account has a version that every deed on it raises in its transaction. A page knows
//! the version it was made from; a listener that was away compares the two and misses nothing.

use domain::{AccountId, Actor, ContactId};
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

/// Whose sessions were ended by somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's of an account.
    Account(AccountId),
    /// One person's.
    Contact(ContactId),
}

impl Whose {
    /// Whether that person's are among them.
    pub fn holds(self, actor: &Actor) -> bool {
        match self {
            Self::Account(account) => account == actor.account,
            Self::Contact(contact) => contact == actor.contact,
        }
    }
}

/// Where changes are announced once they are committed.
#[derive(Clone)]
pub struct Live {
    changes: broadcast::Sender<Change>,
    endings: broadcast::Sender<Whose>,
}

impl Default for Live {
    fn default() -> Self {
        Self { changes: broadcast::channel(256).0, endings: broadcast::channel(256).0 }
    }
}

impl Live {
    /// All changes from now on; the listener picks those of its account.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Whose sessions are ended from now on; the listener looks whether its own is still there.
    pub fn endings(&self) -> broadcast::Receiver<Whose> {
        self.endings.subscribe()
    }

    /// Announces a change; nobody listening is no error.
    pub(crate) fn announce(&self, change: Change) {
        self.changes.send(change).ok();
    }

    /// Announces that sessions were ended, so that open pages of theirs are told nothing more.
    pub(crate) fn sessions_ended(&self, whose: Whose) {
        self.endings.send(whose).ok();
    }
}

/// The version of the actor's account. Who keeps an account.
///
/// # Errors
/// [`Error::Due`] while the second factor is not proved.
pub async fn version(cx: &Cx) -> Result<i64, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    Ok(account.version)
}
