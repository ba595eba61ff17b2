//! The audit log as it is read: by the operator whole, by an account its own part (X1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::What;
use crate::{AccountId, ContactId, EventId, Moment};

/// The view of the log, as it stands in the address; a word that means nothing is no filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    /// Done by whoever signs in with this.
    pub who: String,
    /// Done by that person.
    pub contact: Option<ContactId>,
    /// In the history of that account.
    pub account: Option<AccountId>,
    /// One kind of deed.
    pub what: Option<What>,
    /// With that thing: its id.
    pub subject: String,
    /// On that day or later.
    pub from: Option<NaiveDate>,
    /// On that day or earlier.
    pub to: Option<NaiveDate>,
    /// Where the page starts: what the page before said was next.
    pub after: Option<String>,
}

impl AuditQuery {
    /// Reads a view from an address or a form; what makes no sense is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name| get(name).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
        let short = |name| word(name).map(|word| word.chars().take(254).collect()).unwrap_or_default();
        Self {
            who: short("who"),
            contact: word("contact").and_then(|word| word.parse().ok()),
            account: word("account").and_then(|word| word.parse().ok()),
            what: word("what").and_then(|word| What::from_word(&word)),
            subject: short("subject"),
            from: word("from").and_then(|word| word.parse().ok()),
            to: word("to").and_then(|word| word.parse().ok()),
            after: word("after"),
        }
    }

    /// The query part of the address, without the question mark; empty for the whole log.
    pub fn address(&self) -> String {
        crate::query::address(self)
    }

    /// How many of the filters are set.
    pub fn filters(&self) -> usize {
        let set = [
            !self.who.is_empty() || self.contact.is_some(),
            self.account.is_some(),
            self.what.is_some(),
            !self.subject.is_empty(),
            self.from.is_some(),
            self.to.is_some(),
        ];
        set.into_iter().filter(|set| *set).count()
    }
}

/// What an entry says of one thing that was changed or set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it is.
    pub name: String,
    /// What it was before.
    pub before: Option<String>,
    /// What it is since.
    pub after: Option<String>,
}

/// One entry as the operator reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// The entry.
    pub id: EventId,
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
    /// Who, by name.
    pub who: String,
    /// Who, where it was a person who was signed in.
    pub contact: Option<ContactId>,
    /// In whose history it stands.
    pub account: Option<(AccountId, String)>,
    /// With what it was done: an id.
    pub subject: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// From which network address.
    pub address: String,
    /// In which request, as the logs call it.
    pub request: String,
}

/// One page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLog {
    /// Up to 50.
    pub rows: Vec<AuditRow>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
    /// The name of the account whose history is shown, if one is.
    pub account: Option<String>,
    /// The name of the person whose deeds are shown, if one is.
    pub person: Option<String>,
}

/// One entry as the admins of its account read it: nobody else is named, and no address of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEntry {
    /// When.
    pub at: Moment,
    /// Who of the account, or `Operator`.
    pub who: String,
    /// What.
    pub what: What,
    /// The names of what changed.
    pub detail: Option<String>,
    /// From which network address, where it was one of the account.
    pub address: Option<String>,
}

/// One page of the own history, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHistory {
    /// Up to 50.
    pub rows: Vec<OwnEntry>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x1_a_view_of_the_log_survives_the_address_and_nonsense_is_no_filter() {
        let words = [
            ("who", " anna@northwind.example "),
            ("contact", "nobody"),
            ("what", "license.created"),
            ("from", "2026-11-01"),
            ("to", "soon"),
            ("subject", "01935f6e-7b1c-7000-8000-00000badcafe"),
        ];
        let view =
            AuditQuery::read(|name| words.iter().find(|(word, _)| *word == name).map(|(_, is)| (*is).to_owned()));
        let expected = AuditQuery {
            who: "anna@northwind.example".to_owned(),
            what: Some(What::LicenseCreated),
            subject: "01935f6e-7b1c-7000-8000-00000badcafe".to_owned(),
            from: "2026-11-01".parse().ok(),
            ..AuditQuery::default()
        };
        assert_eq!(view, expected);
        assert_eq!(view.filters(), 4);
        assert_eq!(serde_qs::from_str::<AuditQuery>(&view.address()).expect("a view"), view);
        assert_eq!(AuditQuery::default().address(), "");
    }
}
