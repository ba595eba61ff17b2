//! What staff see of applications.

use serde::{Deserialize, Serialize};

use super::State;
use crate::{AccountId, ApplicationId, Currency, Moment};

/// What an applicant wrote; nothing of it is left of a rejected one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The organisation.
    pub organisation: String,
    /// First and last name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// A telephone number, as typed.
    pub phone: String,
    /// The country, as typed.
    pub country: String,
    /// The website, as typed.
    pub website: Option<String>,
    /// What else they wrote.
    pub message: Option<String>,
}

/// One application in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub state: State,
    /// Who applied, unless that is erased.
    pub person: Option<Person>,
    /// Since when.
    pub created: Moment,
    /// When it was decided, and by whom.
    pub decided: Option<(Moment, String)>,
}

/// The list's view, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationsQuery {
    /// Which ones; those that wait, when nothing is said.
    pub state: Option<State>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl ApplicationsQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// One page of applications: those that wait oldest first, those that were decided newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applications {
    /// Up to 50.
    pub rows: Vec<ApplicationRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// The page of one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationPage {
    /// The application.
    pub row: ApplicationRow,
    /// The account that it has become.
    pub account: Option<AccountId>,
    /// The price lists that can be assigned: id, and name with currency.
    pub price_lists: Vec<(String, String)>,
    /// The countries there are: two letters, and the name.
    pub countries: Vec<(String, String)>,
    /// The two letters of what the applicant wrote; empty when no country is called so.
    pub country: String,
    /// What the account is charged in without a price list.
    #[serde(with = "crate::money::code")]
    pub currency: Currency,
    /// Whether who asks may say what it may owe.
    pub may_set_limit: bool,
}
