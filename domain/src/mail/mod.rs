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
        /// It did not arrive, and need not any more: a newer one has taken its place, or it is not for that address. Nobody sends it.
        Replaced = "replaced", "No longer needed";
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
    /// What is known of a mail by when it was sent, since when it is not needed any more, when it failed for good, and why it has not
    /// arrived so far.
    pub fn of(
        sent: Option<Timestamp>,
        replaced: Option<Timestamp>,
        failed: Option<Timestamp>,
        error: Option<&String>,
    ) -> Self {
        match (sent, replaced, failed, error) {
            (Some(_), ..) => Self::Sent,
            (None, Some(_), ..) => Self::Replaced,
            (None, None, Some(_), _) => Self::Failed,
            (None, None, None, Some(_)) => Self::Retrying,
            (None, None, None, None) => Self::Waiting,
        }
    }

    /// Whether somebody can have that mail sent now.
    pub const fn may_retry(self) -> bool {
        matches!(self, Self::Waiting | Self::Retrying | Self::Failed)
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
    /// The address that the person has now, where that is another one.
    pub moved_to: Option<String>,
    /// What became of it so far.
    pub state: State,
    /// When it was sent or failed; of one that is still to be sent, when it is tried next.
    pub at: Moment,
    /// What the mail server answered, code and words, if that is why it has not arrived.
    pub answer: Option<String>,
    /// Whether the reader can have it sent again.
    pub again: bool,
}

impl Delivery {
    /// Whether somebody has to do something about it.
    pub fn failed(&self) -> bool {
        self.state == State::Failed
    }

    /// Whether it will not reach the person where they are now: it did not arrive and is not tried any more, or went to another address.
    pub fn missed(&self) -> bool {
        self.moved_to.is_some() || matches!(self.state, State::Failed | State::Replaced)
    }

    /// What is known of it, in one sentence.
    pub fn title(&self) -> String {
        let what = self.purpose.label();
        match self.state {
            State::Waiting => format!("The {what} has not been sent yet."),
            State::Retrying => format!("The {what} could not be delivered so far."),
            State::Failed => format!("The {what} could not be delivered."),
            State::Replaced => format!("The {what} was not delivered."),
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
                self.purpose.again(self.again)
            ),
            State::Replaced => format!("It is not tried any more: {}.", self.purpose.again(self.again)),
            State::Sent => String::new(),
        }
    }
}

/// The address that somebody has `now`, where a mail to another one is not for it. Capitals make no other address.
pub fn moved_to(to: &str, now: Option<String>) -> Option<String> {
    now.filter(|now| now.to_lowercase() != to.to_lowercase())
}

impl Purpose {
    /// How it is sent once more: by the words on the button of a reader who has one, or else by whom.
    const fn again(self, by_reader: bool) -> &'static str {
        match (self, by_reader) {
            (Self::Activation, true) => "choose \"Resend activation link\"",
            (Self::Reset, true) => "choose \"Reset password\"",
            (Self::Details, true) => "send the details again",
            (Self::Reset, false) => "the person asks for a new link by \"Forgot your password?\" on the page to log in",
            (Self::Activation | Self::Details, false) => "somebody who may do so sends it again",
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
    pub state: Option<State>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl MailQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::Act;

    fn delivery(purpose: Purpose, state: State) -> Delivery {
        let at = Moment {
            at: Timestamp::UNIX_EPOCH,
            date: "1 Jan 1970".to_owned(),
            exact: "1 Jan 1970, 01:00:00 CET".to_owned(),
        };
        let to = "anna@northwind.example".to_owned();
        Delivery { purpose, to, moved_to: None, state, at, answer: None, again: true }
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
        assert_eq!(
            said(Purpose::Details, State::Replaced),
            both(
                "The mail with the license details was not delivered.",
                "It is not tried any more: send the details again."
            )
        );
        assert!(
            delivery(Purpose::Details, State::Failed).failed() && !delivery(Purpose::Details, State::Sent).failed()
        );
    }

    #[test]
    fn d13_what_to_do_is_said_by_the_button_that_the_reader_has_or_by_who_does_it() {
        let advice = |purpose, again| Delivery { again, ..delivery(purpose, State::Failed) }.advice();
        for (purpose, act) in [(Purpose::Activation, Act::Resend), (Purpose::Reset, Act::Reset)] {
            assert!(advice(purpose, true).ends_with(&format!("Then choose \"{}\".", act.label())), "{purpose:?}");
            assert!(!advice(purpose, false).contains(act.label()), "{purpose:?}");
        }
        assert_eq!(
            advice(Purpose::Reset, false),
            "Check the address, and ask the person for another one if it is wrong. Then the person asks for a new link by \
             \"Forgot your password?\" on the page to log in."
        );
    }

    #[test]
    fn a12_a_mail_to_a_former_address_has_not_reached_the_person() {
        let now = |now: &str| moved_to("anna@nothrwind.example", Some(now.to_owned()));
        assert_eq!(now("Anna@NothrWind.example"), None);
        assert_eq!(now("anna@northwind.example").as_deref(), Some("anna@northwind.example"));
        let missed = |state, moved_to| Delivery { moved_to, ..delivery(Purpose::Details, state) }.missed();
        assert!(missed(State::Sent, now("anna@northwind.example")) && !missed(State::Sent, None));
        assert!(missed(State::Failed, None) && missed(State::Replaced, None) && !missed(State::Retrying, None));
    }

    #[test]
    fn x2_what_is_no_longer_needed_is_neither_in_trouble_nor_tried_again() {
        let (at, error) = (Some(Timestamp::UNIX_EPOCH), "550 no such person".to_owned());
        assert_eq!(State::of(None, at, None, None), State::Replaced);
        assert_eq!(State::of(None, at, at, Some(&error)), State::Replaced);
        assert_eq!(State::of(at, at, None, None), State::Sent);
        let retried: Vec<_> = State::ALL.iter().filter(|state| state.may_retry()).collect();
        assert_eq!(retried, [&State::Waiting, &State::Retrying, &State::Failed]);
    }
}
