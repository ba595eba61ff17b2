//! Mail: the outbox as the operator sees it (X2).

use serde::{Deserialize, Serialize};

use crate::{MailId, Moment, words::words};

words! {
    /// Where a mail stands.
    State {
        /// Waiting to be sent, or to be tried again.
        Waiting = "waiting", "Waiting";
        /// Tried and failed; it will be tried again.
        Retrying = "retrying", "Retrying";
        /// Handed to the mail server, or written to a file.
        Sent = "sent", "Sent";
    }
}

/// One mail in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// The mail.
    pub id: MailId,
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// Where it stands.
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed.
    pub error: Option<String>,
    /// Since when it is in the outbox.
    pub created: Moment,
    /// The text, as long as it is kept.
    pub text: Option<String>,
}

/// One page of the outbox, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// Up to 50.
    pub rows: Vec<MailRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
}
