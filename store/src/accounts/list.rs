//! The list of accounts, for the operator alone.

use domain::{
    AccountId, Scope,
    accounts::{Kind, Part},
    licenses::SearchText,
};

use super::{Account, COLUMNS, operator, read};
use crate::{
    Error, Tx,
    clauses::Clauses,
    dialect::Dialect,
    row::Read,
    search::{self, Index},
};

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its place in the list.
    pub seq: i64,
    /// The account.
    pub account: Account,
    /// Where to write to.
    pub email: Option<String>,
    /// Whether anybody of it can sign in (A2).
    pub user: bool,
}

const MORE: &str = "seq, email, (select count(*) from (
        select 1 from contacts c
        where c.account_id = r.id and c.storefront_since is not null and c.activated_at is not null
          and c.deactivated_at is null and c.locked_at is null
        limit 1) as found) as users";

/// A page of resellers, newest first, from below `after`; nothing for all but the operator.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    search: Option<&SearchText>,
    show: Option<Part>,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    if !scope.operator() {
        return Ok(Vec::new());
    }
    let operator = match search {
        Some(_) => operator(tx).await?.map(|operator| operator.id),
        None => None,
    };
    let (sql, clauses) = select(tx.dialect(), search.zip(operator), show, after, most);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                seq: row.int("seq")?,
                account: read(row)?,
                email: row.maybe_text("email")?,
                user: row.int("users")? > 0,
            })
        })
        .collect()
}

fn select(
    dialect: Dialect,
    search: Option<(&SearchText, AccountId)>,
    show: Option<Part>,
    after: Option<i64>,
    most: i64,
) -> (String, Clauses) {
    let mut clauses = Clauses::default();
    if let Some((text, operator)) = search {
        search::narrow(dialect, Index::Customers, &mut clauses, operator, &[], Some(text));
    }
    let (index, condition) = match show {
        None => ("accounts_by_kind", None),
        Some(Part::Suspended) => ("accounts_suspended", Some("r.suspended_at is not null")),
        Some(Part::Ordering) => ("accounts_ordering", Some("r.ordering_since is not null")),
        Some(Part::NotOrdering) => ("accounts_not_ordering", Some("r.ordering_since is null")),
    };
    let (rows, place) = match (dialect, search) {
        (Dialect::Sqlite, Some(_)) => {
            clauses.and("r.seq = customer_search.rowid", []);
            ("customer_search cross join accounts r".to_owned(), "customer_search.rowid")
        }
        _ => (format!("accounts r {}", dialect.by_index(index)), "r.seq"),
    };
    clauses.and("r.kind = ?", [Kind::Reseller.word().into()]);
    if let Some(condition) = condition {
        clauses.and(condition, []);
    }
    if let Some(after) = after {
        clauses.and(&format!("{place} < ?"), [after.into()]);
    }
    let which = clauses.text();
    (format!("select {COLUMNS}, {MORE} from {rows} where {which} order by {place} desc limit {most}"), clauses)
}
