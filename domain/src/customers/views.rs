//! What the screens show of customers.

use serde::{Deserialize, Serialize};

use super::NewCustomerForm;
use crate::{AccountId, DraftId, Moment, contacts::State, licenses::ResellerRow, mail::Delivery};

/// A customer in the list and in the wizard's search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The account.
    pub id: AccountId,
    /// The company, or the person.
    pub name: String,
    /// The person who signs in.
    pub person: String,
    /// Their address.
    pub email: String,
    /// Whether they can sign in.
    pub state: State,
    /// A mail to the person could not be delivered, and somebody has to see to it.
    pub undelivered: bool,
    /// How many licenses they have.
    pub licenses: i64,
    /// Since when.
    pub created: Moment,
}

/// The list's view, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomersQuery {
    /// Words of the name, the person or the e-mail address, from their starts.
    pub q: String,
    /// Where the page starts: what the page before said was next.
    pub after: Option<i64>,
}

impl CustomersQuery {
    /// The query part of the address, without the question mark; empty for the plain list.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }
}

/// One page of customers, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customers {
    /// Up to 50.
    pub rows: Vec<CustomerRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<i64>,
}

/// The page of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The customer.
    pub row: CustomerRow,
    /// The name to sign in with.
    pub username: String,
    /// A telephone number, as typed.
    pub phone: Option<String>,
    /// A10: the password given by the reseller is to be changed at the first sign-in.
    pub password_due: bool,
    /// What became of the last mails to them: one of each kind, newest first.
    pub deliveries: Vec<Delivery>,
    /// When they signed in for the first time.
    pub first_signed_in: Option<Moment>,
    /// Their newest licenses, up to 50.
    pub licenses: Vec<ResellerRow>,
}

/// The `User` of a license wizard: whose license it will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picked {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The address of its person.
    pub email: String,
    /// L1: the reseller's own organisation.
    pub own: bool,
}

/// What waits for a customer that is being created, and goes on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// A license wizard.
    License(DraftId),
    /// The checkout of the basket.
    Checkout,
}

/// The create-customer wizard as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wizard {
    /// The draft, whose id is the idempotency key.
    pub draft: DraftId,
    /// What was typed so far; never a password.
    pub form: NewCustomerForm,
    /// What waits for this customer.
    pub waiting: Option<Waiting>,
    /// A10: somebody has that username.
    pub username_taken: bool,
    /// A10: somebody else signs in by that address.
    pub email_taken: bool,
    /// The customer that this draft has become already.
    pub created: Option<AccountId>,
}
