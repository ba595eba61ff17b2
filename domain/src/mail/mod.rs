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
        /// Its server will never take it; it waits for somebody to try it again.
        Failed = "failed", "Failed";
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
    /// When it is tried again, if it is.
    pub next_try: Option<Moment>,
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
    pub next: Option<i64>,
    /// Whether the reader may send mails again.
    pub may_retry: bool,
}

/// The view of the outbox, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailQuery {
    /// In which state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Where the page starts: what the page before said was next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
}

impl MailQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        serde_qs::to_string(self).unwrap_or_default()
    }
}
