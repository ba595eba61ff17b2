//! What the screens show of sessions and invitations.

use serde::{Deserialize, Serialize};

use crate::{Moment, SessionId};

/// One signed-in browser, on the page of its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// The browser in a few words, "Firefox on Linux".
    pub browser: String,
    /// The network address it was last used from.
    pub address: String,
    /// Since when.
    pub created: Moment,
    /// When it was last used.
    pub used: Moment,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What the page behind an activation link shows to its holder (A5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The name to sign in with.
    pub username: String,
    /// Who invited.
    pub organisation: String,
    /// How long the link lives.
    pub expires: Moment,
}
