//! Mail: the outbox as the operator sees it (X2).

use serde::{Deserialize, Serialize};

use crate::{AccountId, ContactId, MailId, Moment, Timestamp, words::words};

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

words! {
    /// Who goes first: what a person waits for, or what was written by the hundred.
    Lane {
        /// A person waits for it, such as for a link for a new password.
        First = "first", "First";
        /// One of many, such as the invitations of an import, reminders, and the invoices of a night.
        Bulk = "bulk", "Bulk";
    }
}

words! {
    /// What a mail to one person is for, where those who had it sent are told what became of it.
    Purpose {
        /// The link by which somebody activates their sign-in (A5).
        Activation = "activation", "activation link";
        /// The link for a new password (A7).
        Reset = "reset", "link for a new password";
        /// Keys and details of licenses (L15).
        Details = "details", "mail with the license details";
    }
}

impl State {
    /// What is known of a mail by when it was sent, when it failed for good, and why it has not arrived so far.
    pub fn of(sent: Option<Timestamp>, failed: Option<Timestamp>, error: Option<&String>) -> Self {
        match (sent, failed, error) {
            (Some(_), _, _) => Self::Sent,
            (None, Some(_), _) => Self::Failed,
            (None, None, Some(_)) => Self::Retrying,
            (None, None, None) => Self::Waiting,
        }
    }
}

impl Lane {
    /// As it is stored: the lower goes first.
    pub const fn number(self) -> i64 {
        match self {
            Self::First => 0,
            Self::Bulk => 1,
        }
    }
}

/// What became of the last mail for a purpose, for those who had it sent. Its text is not among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// What the mail is for.
    pub purpose: Purpose,
    /// The address it goes to.
    pub to: String,
    /// What became of it so far.
    pub state: State,
    /// When it was sent or failed; of one that is still to be sent, when it is tried next.
    pub at: Moment,
    /// What the mail server answered, code and words, if that is why it has not arrived.
    pub answer: Option<String>,
}

impl Delivery {
    /// Whether somebody has to do something about it.
    pub fn failed(&self) -> bool {
        self.state == State::Failed
    }

    /// What is known of it, in one sentence.
    pub fn title(&self) -> String {
        let what = self.purpose.label();
        match self.state {
            State::Waiting => format!("The {what} has not been sent yet."),
            State::Retrying => format!("The {what} could not be delivered so far."),
            State::Failed => format!("The {what} could not be delivered."),
            State::Sent => format!("The {what} was sent on {}.", self.at.exact),
        }
    }

    /// What comes of it, or what to do.
    pub fn advice(&self) -> String {
        match self.state {
            State::Waiting => "It leaves within a few minutes; open the page again to see whether it has.".to_owned(),
            State::Retrying => format!("The next try is at {}. There is nothing to do meanwhile.", self.at.exact),
            State::Failed => format!(
                "Check the address, and ask the person for another one if it is wrong. Then {}.",
                self.purpose.again()
            ),
            State::Sent => String::new(),
        }
    }
}

impl Purpose {
    /// How it is sent once more, by the words on the button.
    pub const fn again(self) -> &'static str {
        match self {
            Self::Activation => "choose \"Resend activation link\"",
            Self::Reset => "send the link for a new password again",
            Self::Details => "send the details again",
        }
    }
}

/// A mail that could not be delivered, for the home of those who had it sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undelivered {
    /// The person.
    pub contact: ContactId,
    /// The customer whose person it is; none for one of the own team.
    pub customer: Option<AccountId>,
    /// First and last name.
    pub name: String,
    /// What the mail is for.
    pub purpose: Purpose,
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
    /// The text without links and keys, as long as it is kept.
    pub text: Option<String>,
    /// The file of the data folder that has all of it, where no mail server is set.
    pub file: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(purpose: Purpose, state: State) -> Delivery {
        let at = Moment {
            at: Timestamp::UNIX_EPOCH,
            date: "1 Jan 1970".to_owned(),
            exact: "1 Jan 1970, 01:00:00 CET".to_owned(),
        };
        Delivery { purpose, to: "anna@northwind.example".to_owned(), state, at, answer: None }
    }

    #[test]
    fn x2_what_is_said_of_a_mail_is_what_is_known() {
        let said = |purpose, state| {
            let mail = delivery(purpose, state);
            (mail.title(), mail.advice())
        };
        let both = |title: &str, advice: &str| (title.to_owned(), advice.to_owned());
        assert_eq!(
            said(Purpose::Activation, State::Waiting),
            both(
                "The activation link has not been sent yet.",
                "It leaves within a few minutes; open the page again to see whether it has."
            )
        );
        assert_eq!(
            said(Purpose::Reset, State::Retrying),
            both(
                "The link for a new password could not be delivered so far.",
                "The next try is at 1 Jan 1970, 01:00:00 CET. There is nothing to do meanwhile."
            )
        );
        assert_eq!(
            said(Purpose::Activation, State::Failed),
            both(
                "The activation link could not be delivered.",
                "Check the address, and ask the person for another one if it is wrong. Then choose \"Resend activation link\"."
            )
        );
        assert_eq!(
            said(Purpose::Details, State::Sent),
            both("The mail with the license details was sent on 1 Jan 1970, 01:00:00 CET.", "")
        );
        assert!(
            delivery(Purpose::Details, State::Failed).failed() && !delivery(Purpose::Details, State::Sent).failed()
        );
    }
}
