//! The people who try every door, and what comes of it.

use std::collections::BTreeMap;

use domain::{Role, Roles, accounts::Kind};

use super::{table::Row, things::Things};
use crate::{
    browser::{Answer, Browser},
    test_app::{BUYER, CUSTOMER, OTHER_RESELLER, OWNER, PASSWORD_DUE, RESELLER, SUPPORT, TestApp},
};

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    Anon,
    Owner,
    /// Staff with one role (A9).
    Support,
    Reseller,
    /// Of the reseller's team, with one role (A8).
    Buyer,
    OtherReseller,
    Customer,
    /// A customer who has to change the password first (A10).
    PasswordDue,
}

impl Person {
    pub const ALL: [Self; 8] = [
        Self::Anon,
        Self::Owner,
        Self::Support,
        Self::Reseller,
        Self::Buyer,
        Self::OtherReseller,
        Self::Customer,
        Self::PasswordDue,
    ];

    /// What that person may, if signed in.
    pub fn roles(self) -> Option<Roles> {
        match self {
            Self::Anon => None,
            Self::Owner => Some(Roles::chief(Kind::Operator)),
            Self::Support => Some(Roles::of(&[Role::Support])),
            Self::Buyer => Some(Roles::of(&[Role::Buyer])),
            Self::Reseller | Self::OtherReseller => Some(Roles::chief(Kind::Reseller)),
            Self::Customer | Self::PasswordDue => Some(Roles::chief(Kind::Customer)),
        }
    }

    fn login(self) -> Option<&'static str> {
        match self {
            Self::Anon => None,
            Self::Owner => Some(OWNER),
            Self::Support => Some(SUPPORT),
            Self::Reseller => Some(RESELLER),
            Self::Buyer => Some(BUYER),
            Self::OtherReseller => Some(OTHER_RESELLER),
            Self::Customer => Some(CUSTOMER),
            Self::PasswordDue => Some(PASSWORD_DUE),
        }
    }
}

/// What comes of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, or refused for what was sent and not for who sent it.
    In,
    /// Sign in first.
    SignedOut,
    /// Change the password first.
    PasswordDue,
    /// There is no such thing for this person.
    NotFound,
}

/// A portal with one thing of each kind, all of them `RESELLER`'s.
pub struct House {
    app: TestApp,
    browsers: BTreeMap<Person, Browser>,
    things: Things,
}

impl House {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let mut browsers = BTreeMap::new();
        for person in Person::ALL {
            browsers.insert(person, sign_in(&app, person).await);
        }
        let things = Things::make(&app).await;
        Self { app, browsers, things }
    }

    /// What comes of one person's trying.
    pub async fn outcome(&mut self, row: &Row, person: Person) -> Outcome {
        let key = self.app.service.random.uuid().to_string();
        let values: Vec<_> = row.fields.iter().map(|(name, value)| (*name, self.things.text(*value, &key))).collect();
        let mut browser = match row.ends_the_session {
            true => sign_in(&self.app, person).await,
            false => self.browsers[&person].clone(),
        };
        let answer = match row.address.strip_prefix("/api/") {
            Some(endpoint) => {
                let fields: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                browser.call(endpoint, &fields).await
            }
            None if row.takes_a_file => browser.upload(row.address, &[("file", b"no table")]).await,
            None => browser.get(&fill_in(row.address, &values)).await,
        };
        outcome(&answer).unwrap_or_else(|| panic!("{} for {person:?}: {answer:?}", row.address))
    }
}

async fn sign_in(app: &TestApp, person: Person) -> Browser {
    match person.login() {
        Some(login) => app.signed_in(login).await,
        None => app.anon(),
    }
}

/// `/licenses/{id}` with the id in its place, and what has no place as a query.
fn fill_in(address: &str, values: &[(&str, String)]) -> String {
    let mut filled = address.to_owned();
    for (name, value) in values {
        let place = format!("{{{name}}}");
        match filled.contains(&place) {
            true => filled = filled.replace(&place, value),
            false => filled = format!("{filled}?{name}={value}"),
        }
    }
    filled
}

fn outcome(answer: &Answer) -> Option<Outcome> {
    match (answer.status.as_u16(), answer.location().unwrap_or_default()) {
        (401, _) => Some(Outcome::SignedOut),
        (302 | 303, to) if to.starts_with("/login") => Some(Outcome::SignedOut),
        (403, _) | (302 | 303, "/account") => Some(Outcome::PasswordDue),
        (404, _) => Some(Outcome::NotFound),
        // A wizard that is not there, or another's.
        (409, _) if answer.text.contains("form_unknown") || answer.text.contains("This form is not known") => {
            Some(Outcome::NotFound)
        }
        (200 | 302 | 303 | 409 | 422, _) => Some(Outcome::In),
        _ => None,
    }
}
