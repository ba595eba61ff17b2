//! The audit log as a list: newest first, by its filters, each of which an index answers.

use domain::{AccountId, ContactId, Scope, Timestamp, audit::What};
use sqlx::any::AnyRow;

use super::{COLUMNS, Event, read};
use crate::{
    Error, Tx,
    clauses::Clauses,
    dialect::Dialect,
    row::{Read, micros},
};

/// Which part of the log is asked for.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Done by one person.
    pub contact: Option<ContactId>,
    /// In the history of one account.
    pub account: Option<AccountId>,
    /// One kind of deed.
    pub what: Option<What>,
    /// With one thing.
    pub subject: Option<String>,
    /// From then on.
    pub from: Option<Timestamp>,
    /// Before then.
    pub before: Option<Timestamp>,
    /// Below this place: time and number of the last entry of the page before.
    pub after: Option<(Timestamp, i64)>,
    /// How many at the most.
    pub most: i64,
}

/// An entry with the name of the account whose history it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its place in the list, after its time.
    pub seq: i64,
    /// The entry.
    pub event: Event,
    /// The account's name.
    pub account: Option<String>,
}

/// An entry of the own history, and whether somebody of the own account did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its place in the list, after its time.
    pub seq: i64,
    /// The entry.
    pub event: Event,
    /// Whether the person is of the account itself.
    pub by_own: bool,
}

/// A page of the whole log, newest first; empty for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(tx: &mut Tx, scope: &Scope, page: &Page) -> Result<Vec<Listed>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let (sql, clauses) = select(tx.dialect(), page, "x.name as other", "left join accounts x on x.id = a.account_id");
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    let listed =
        |row: &AnyRow| Ok(Listed { seq: row.int("seq")?, event: read(row)?, account: row.maybe_text("other")? });
    rows.iter().map(listed).collect()
}

/// A page of the history of the account that asks, newest first.
///
/// # Errors
/// When the database cannot.
pub async fn own(tx: &mut Tx, scope: &Scope, after: Option<(Timestamp, i64)>, most: i64) -> Result<Vec<Own>, Error> {
    let Some(account) = scope.reseller().or(scope.customer()) else {
        return Ok(Vec::new());
    };
    let page = Page { account: Some(account), after, most, ..Page::default() };
    let person = "left join contacts x on x.id = a.contact_id";
    let (sql, clauses) = select(tx.dialect(), &page, "x.account_id as other", person);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    let own = |row: &AnyRow| {
        let other: Option<AccountId> = row.maybe_parsed("other")?;
        Ok(Own { seq: row.int("seq")?, event: read(row)?, by_own: other == Some(account) })
    };
    rows.iter().map(own).collect()
}

/// What narrows most chooses the index.
fn select(dialect: Dialect, page: &Page, more: &str, join: &str) -> (String, Clauses) {
    let mut clauses = Clauses::default();
    let mut index = "audit_by_time";
    if let Some(what) = page.what {
        clauses.and("a.what = ?", [what.word().into()]);
        index = "audit_of_what";
    }
    if let Some(account) = page.account {
        clauses.and("a.account_id = ?", [account.to_string().into()]);
        index = "audit_of_account";
    }
    if let Some(contact) = page.contact {
        clauses.and("a.contact_id = ?", [contact.to_string().into()]);
        index = "audit_of_contact";
    }
    if let Some(subject) = &page.subject {
        clauses.and("a.subject_id = ?", [subject.as_str().into()]);
        index = "audit_of_subject";
    }
    if let Some(from) = page.from {
        clauses.and("a.at >= ?", [micros(from).into()]);
    }
    if let Some(before) = page.before {
        clauses.and("a.at < ?", [micros(before).into()]);
    }
    match page.after {
        Some((at, seq)) => clauses.and("(a.at, a.seq) < (?, ?)", [micros(at).into(), seq.into()]),
        // Said so that the planner walks along the index.
        None => clauses.and("a.at <= ?", [i64::MAX.into()]),
    }
    let (which, index) = (clauses.text(), dialect.by_index(index));
    let sql = format!(
        "select {COLUMNS}, {more} from audit a {index} {join} where {which} order by a.at desc, a.seq desc limit {}",
        page.most
    );
    (sql, clauses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::Database};

    #[tokio::test]
    async fn x1_an_index_answers_each_filter_in_its_order() {
        let database = Database::sqlite().await;
        let store = Store::open(&database.url).await.expect("a store");
        let all = Page { most: 51, ..Page::default() };
        let id = || uuid::Uuid::nil().into();
        let time = Some(Timestamp::UNIX_EPOCH);
        let filters = [
            all.clone(),
            Page { what: Some(What::SignedIn), ..all.clone() },
            Page { account: Some(uuid::Uuid::nil().into()), what: Some(What::SignedIn), ..all.clone() },
            Page { contact: Some(id()), ..all.clone() },
            Page { subject: Some("a".to_owned()), from: time, ..all.clone() },
            Page { from: time, before: time, ..all.clone() },
            Page { after: Some((Timestamp::UNIX_EPOCH, 7)), before: time, ..all },
        ];
        let mut tx = store.read().await.expect("a transaction");
        for page in filters {
            let (sql, clauses) =
                select(Dialect::Sqlite, &page, "x.name", "left join accounts x on x.id = a.account_id");
            let rows = clauses.rows(format!("explain query plan {sql}")).fetch_all(tx.db()).await.expect("a plan");
            let lines: Vec<_> = rows.iter().map(|row| row.text("detail").expect("a line")).collect();
            assert!(lines[0].starts_with("SEARCH a USING INDEX audit_"), "{page:?}\n{lines:#?}");
            assert!(!lines.iter().any(|line| line.contains("TEMP B-TREE")), "{page:?}\n{lines:#?}");
        }
    }
}
