//! What comes of it when somebody tries a door.

use app::Fault;
use domain::{ContactId, Deed, Role, actor::Due};

use super::{
    people,
    person::Person,
    table::{Needs, Row, Value},
    things::Things,
};
use crate::{
    browser::{Answer, Browser},
    test_app::TestApp,
};

/// What comes of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, or refused for what was sent and not for who sent it.
    In,
    /// Sign in first.
    SignedOut,
    /// Do that first.
    Due(Due),
    /// There is no such thing for this person.
    NotFound,
}

/// What must come back, as the policy says. The policy is an argument, so that a test can ask what another one would change.
pub fn expected(row: &Row, person: Person, may: &dyn Fn(Role, Deed) -> bool) -> Outcome {
    let standing = person.standing();
    let deeds = match row.needs {
        Needs::Anyone => return Outcome::In,
        Needs::Home => return standing.and_then(|who| who.due).map_or(Outcome::In, Outcome::Due),
        Needs::HalfWay => &[],
        Needs::One(deeds) => deeds,
    };
    let Some(who) = standing else { return Outcome::SignedOut };
    if let Needs::One(_) = row.needs {
        let known: Vec<_> = deeds.iter().filter(|deed| who.roles.iter().any(|role| may(role, **deed))).collect();
        // What a debtor may still do is said here once more, and not asked of the policy (V12).
        let left = |due: Due| match due {
            Due::Proof => false,
            Due::Password | Due::SecondFactor => known.first() == Some(&&Deed::KeepOwnAccount),
            Due::Debt => known.iter().any(|deed| matches!(deed, Deed::KeepOwnAccount | Deed::SeeBilling | Deed::Pay)),
        };
        match who.due {
            _ if known.is_empty() => return Outcome::NotFound,
            Some(due) if !left(due) => return Outcome::Due(due),
            _ => {}
        }
    }
    if row.of.is_none_or(|whose| whose.includes(person, &who)) { Outcome::In } else { Outcome::NotFound }
}

/// A portal with one thing of each kind, all of them `RESELLER`'s, and everybody in it.
pub struct House {
    pub app: TestApp,
    everybody: Vec<(Person, Option<ContactId>, Browser)>,
    things: Things,
}

impl House {
    /// With these people.
    pub async fn with(people: &[Person]) -> Self {
        let app = TestApp::new().await;
        let mut everybody = Vec::new();
        for person in people.iter().copied() {
            let contact = people::make(&app, person).await;
            everybody.push((person, contact, people::browser(&app, person, contact).await));
        }
        let things = Things::make(&app).await;
        Self { app, everybody, things }
    }

    /// The browser that somebody has had from the beginning.
    pub fn browser(&self, person: Person) -> Browser {
        self.of(person).1.clone()
    }

    /// A browser of theirs with a session of its own.
    pub async fn another_browser(&self, person: Person) -> Browser {
        people::browser(&self.app, person, self.of(person).0).await
    }

    fn of(&self, person: Person) -> (Option<ContactId>, &Browser) {
        let found = self.everybody.iter().find(|(who, ..)| *who == person);
        found.map(|(_, contact, browser)| (*contact, browser)).expect("somebody of this house")
    }

    /// The id of one of the things.
    pub fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, of: Value) -> T {
        self.things.text(of, "").parse().expect("an id")
    }

    /// What is sent to that address.
    fn values(&self, row: &Row) -> Vec<(&'static str, String)> {
        let key = self.app.service.random.uuid().to_string();
        row.fields.iter().map(|(name, value)| (*name, self.things.text(*value, &key))).collect()
    }

    /// `/licenses/{id}` with the id in its place, and what has no place as a query.
    pub fn address(&self, row: &Row) -> String {
        let mut filled = row.address.to_owned();
        for (name, value) in self.values(row) {
            let place = format!("{{{name}}}");
            match filled.contains(&place) {
                true => filled = filled.replace(&place, &value),
                false => filled = format!("{filled}?{name}={value}"),
            }
        }
        filled
    }

    /// What comes of one person's trying.
    pub async fn outcome(&self, row: &Row, person: Person) -> Outcome {
        let mut browser = match row.ends_the_session {
            true => self.another_browser(person).await,
            false => self.browser(person),
        };
        let answer = match row.address.strip_prefix("/api/") {
            Some(endpoint) => {
                let values = self.values(row);
                let fields: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                browser.call(endpoint, &fields).await
            }
            None if row.takes_a_file => browser.upload(row.address, &[("file", b"no table")]).await,
            None => browser.get(&self.address(row)).await,
        };
        Outcome::of(&answer).unwrap_or_else(|| panic!("{} for {person:?}: {answer:?}", row.address))
    }
}

impl Outcome {
    /// `None` for an answer that nobody should get.
    pub fn of(answer: &Answer) -> Option<Self> {
        match (answer.status.as_u16(), answer.location().unwrap_or_default()) {
            (401, _) => Some(Self::SignedOut),
            (403, _) => match serde_json::from_str(&answer.text) {
                Ok(Fault::Due(due)) => Some(Self::Due(due)),
                // The page that says so, and leads to billing.
                _ if answer.text.contains("Your account is suspended") => Some(Self::Due(Due::Debt)),
                _ => None,
            },
            (302 | 303, to) if to.starts_with("/login/code") => Some(Self::Due(Due::Proof)),
            (302 | 303, to) if to.starts_with("/login") => Some(Self::SignedOut),
            (302 | 303, "/account") => Some(Self::Due(Due::Password)),
            (302 | 303, "/account/second-factor") => Some(Self::Due(Due::SecondFactor)),
            (404, _) => Some(Self::NotFound),
            // A wizard that is not there, or another's.
            (409, _) if answer.text.contains("form_unknown") || answer.text.contains("This form is not known") => {
                Some(Self::NotFound)
            }
            (200 | 302 | 303 | 409 | 422, _) => Some(Self::In),
            _ => None,
        }
    }
}
