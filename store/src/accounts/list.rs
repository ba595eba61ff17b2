//! The list of accounts, for the operator alone.

use domain::{AccountId, Scope, Timestamp, accounts::Part, licenses::SearchText};

use super::{
    Account, COLUMNS, operator,
    parts::{Today, not_ready, part},
    read,
};
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
/// Of *ready* and *not ready* come those that may be it: on the first and the last day of a price list it depends on the time zone
/// of the account, which this does not know.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    search: Option<&SearchText>,
    show: Option<Part>,
    now: Timestamp,
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
    let today = Today::at(now);
    let few = match (tx.dialect(), search, show) {
        (Dialect::Sqlite, Some(_), Some(show)) => few(tx, show, today).await?,
        _ => None,
    };
    let (sql, clauses) = select(tx.dialect(), search.zip(operator), few.as_deref(), show, today, after, most);
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

/// How many of a part are few.
const FEW: usize = 50;

/// The places of a part that has few accounts; `None` when it has more. SQLite walks all hits of a search unless it is told where
/// to look, and a common word would be walked to its end for a few.
async fn few(tx: &mut Tx, show: Part, today: Today) -> Result<Option<Vec<i64>>, Error> {
    let mut clauses = Clauses::default();
    let rows = rows(tx.dialect(), &mut clauses, Some(show), today, None, FEW as i64 + 1);
    let sql = format!("select r.seq from {rows} where {} limit {}", clauses.text(), FEW + 1);
    let found = clauses.rows(sql).fetch_all(tx.db()).await?;
    let places = found.iter().map(|row| row.int("seq")).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(places).filter(|places| places.len() <= FEW))
}

/// The accounts of a part, and how they are found without a search.
fn rows(
    dialect: Dialect,
    clauses: &mut Clauses,
    show: Option<Part>,
    today: Today,
    after: Option<i64>,
    most: i64,
) -> String {
    if show == Some(Part::NotReady) {
        not_ready(dialect, clauses, today, after, most);
        return "accounts r".to_owned();
    }
    format!("accounts r {}", dialect.by_index(part(clauses, show, today)))
}

fn select(
    dialect: Dialect,
    search: Option<(&SearchText, AccountId)>,
    few: Option<&[i64]>,
    show: Option<Part>,
    today: Today,
    after: Option<i64>,
    most: i64,
) -> (String, Clauses) {
    let mut clauses = Clauses::default();
    let (rows, place) = match search {
        None => (rows(dialect, &mut clauses, show, today, after, most), "r.seq"),
        Some((text, operator)) => {
            search::narrow(dialect, Index::Customers, &mut clauses, operator, &[], Some(text));
            part(&mut clauses, show, today);
            hits(dialect, &mut clauses, few)
        }
    };
    if let Some(after) = after {
        clauses.and(&format!("{place} < ?"), [after.into()]);
    }
    let which = clauses.text();
    (format!("select {COLUMNS}, {MORE} from {rows} where {which} order by {place} desc limit {most}"), clauses)
}

/// The accounts that a search finds, and their place.
fn hits(dialect: Dialect, clauses: &mut Clauses, few: Option<&[i64]>) -> (String, &'static str) {
    match dialect {
        Dialect::Postgres => ("accounts r".to_owned(), "r.seq"),
        Dialect::Sqlite => {
            clauses.and("r.seq = customer_search.rowid", []);
            if let Some(few) = few {
                let places = few.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
                clauses.and(&format!("customer_search.rowid in ({places})"), []);
            }
            ("customer_search cross join accounts r".to_owned(), "customer_search.rowid")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::Database};

    #[tokio::test]
    async fn a2_an_index_answers_each_part_of_the_list() {
        let database = Database::sqlite().await;
        let store = Store::open(&database.url).await.expect("a store");
        let mut tx = store.read().await.expect("a transaction");
        for (show, indexes) in [
            (None, vec!["r USING INDEX accounts_by_kind"]),
            (Some(Part::Suspended), vec!["r USING INDEX accounts_suspended"]),
            (Some(Part::Overdue), vec!["r USING INDEX accounts_overdue", "invoices_unpaid_of_account"]),
            (Some(Part::Ordering), vec!["r USING INDEX accounts_ordering"]),
            (Some(Part::NotOrdering), vec!["r USING INDEX accounts_not_ordering"]),
            (Some(Part::Ready), vec!["r USING INDEX accounts_ready "]),
            (
                Some(Part::NotReady),
                vec![
                    "r USING INTEGER PRIMARY KEY",
                    "accounts_not_ready",
                    "accounts_ready_from",
                    "accounts_ready_until",
                ],
            ),
        ] {
            let (sql, clauses) =
                select(Dialect::Sqlite, None, None, show, Today::at(Timestamp::UNIX_EPOCH), Some(7), 51);
            let rows = clauses.rows(format!("explain query plan {sql}")).fetch_all(tx.db()).await.expect("a plan");
            let lines: Vec<_> = rows.iter().map(|row| row.text("detail").expect("a line")).collect();
            for index in indexes {
                assert!(lines.iter().any(|line| line.contains(index)), "{show:?}: {index}\n{lines:#?}");
            }
            assert!(
                !lines.iter().any(|line| line.starts_with("SCAN r") || line.starts_with("SCAN accounts")),
                "{show:?}\n{lines:#?}"
            );
        }
    }
}
