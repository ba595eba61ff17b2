//! What the screens show of people, sessions and invitations.

use serde::{Deserialize, Serialize};

use super::{Act, FactorRule, State};
use crate::{
    AccountId, ContactId, Moment, SessionId, accounts::Kind, audit::HistoryEntry, mail::Delivery, policy::Roles,
};

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

/// A person in the list of an account's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    /// The person.
    pub id: ContactId,
    /// First and last name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// What the person does.
    pub job_title: Option<String>,
    /// A6; `None` for who is no Storefront user.
    pub state: Option<State>,
    /// What the person may (A8, A9).
    pub roles: Roles,
    /// A mail to the person could not be delivered, and somebody has to see to it.
    pub undelivered: bool,
    /// What the reader can do about the sign-in now.
    pub acts: Vec<Act>,
}

/// One page of an account's people, who came first first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Whose people they are.
    pub organisation: String,
    /// Up to 50.
    pub rows: Vec<ContactRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<ContactId>,
    /// Whether the reader may add one.
    pub can_add: bool,
    /// Whether all of them need a second factor; of the own account's people.
    pub factor_rule: Option<FactorRule>,
}

/// The page of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    /// As in the list.
    pub row: ContactRow,
    /// The account.
    pub account: AccountId,
    /// What the account is called.
    pub organisation: String,
    /// What kind of account it is: the side whose roles there are.
    pub side: Kind,
    /// The person.
    pub first_name: String,
    /// The person.
    pub last_name: String,
    /// A telephone number, as typed.
    pub phone: Option<String>,
    /// The name to sign in with.
    pub username: String,
    /// Raised by every change; a form that was made before the last one is refused.
    pub edition: i64,
    /// When the person signed in for the first time.
    pub first_signed_in: Option<Moment>,
    /// Whether the reader may change the details.
    pub can_edit: bool,
    /// Whether the reader may change the roles: of the own account's people.
    pub can_set_roles: bool,
    /// Whether it is the reader.
    pub is_me: bool,
    /// Since when the person has a second factor.
    pub factor_since: Option<Moment>,
    /// Whether the reader may take it away, for somebody who has lost it.
    pub can_take_factor: bool,
    /// What became of the last mails to the person: one of each kind, newest first.
    pub deliveries: Vec<Delivery>,
    /// In how many browsers the person is signed in, for a reader who may end that.
    pub open_sessions: Option<usize>,
    /// What was done, newest first.
    pub history: Vec<HistoryEntry>,
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
