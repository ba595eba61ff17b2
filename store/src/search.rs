//! The search indexes: words of a row, found by their beginnings (L14).

use domain::{AccountId, licenses::SearchText};

use crate::{
    Error, Tx,
    clauses::{Clauses, Value},
    dialect::Dialect,
};

/// Which index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    Licenses,
    Customers,
}

/// Puts the words of a row into an index, in the place of those it had.
pub(crate) async fn put(tx: &mut Tx, index: Index, seq: i64, reseller: AccountId, words: &str) -> Result<(), Error> {
    let (delete, insert) = match (tx.dialect(), index) {
        (Dialect::Sqlite, Index::Licenses) => (
            "delete from license_search where rowid = $1",
            "insert into license_search (rowid, reseller, words) values ($1, $2, $3)",
        ),
        (Dialect::Sqlite, Index::Customers) => (
            "delete from customer_search where rowid = $1",
            "insert into customer_search (rowid, reseller, words) values ($1, $2, $3)",
        ),
        (Dialect::Postgres, Index::Licenses) => (
            "delete from license_search where seq = $1",
            "insert into license_search (seq, words) values ($1, array_to_tsvector(string_to_array($2 || ' ' || $3, ' ')))",
        ),
        (Dialect::Postgres, Index::Customers) => (
            "delete from customer_search where seq = $1",
            "insert into customer_search (seq, words) values ($1, array_to_tsvector(string_to_array($2 || ' ' || $3, ' ')))",
        ),
    };
    sqlx::query(delete).bind(seq).execute(tx.db()).await?;
    let insert = sqlx::query(insert).bind(seq).bind(reseller_word(reseller)).bind(words.to_owned());
    insert.execute(tx.db()).await?;
    Ok(())
}

/// Narrows a query to the hits of a search. On SQLite the index comes first, with its hits in
/// the order of the list; the alias of the row that is searched is `r`.
pub(crate) fn narrow(
    dialect: Dialect,
    index: Index,
    clauses: &mut Clauses,
    reseller: AccountId,
    text: &SearchText,
) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            let wanted = Value::Text(format!(
                "reseller : {} AND words : ({})",
                reseller_word(reseller),
                either(text, " AND ", " OR ", |w| format!("\"{w}\"*"))
            ));
            match index {
                Index::Licenses => {
                    clauses.and("license_search match ? and r.seq = license_search.rowid", [wanted]);
                    "license_search cross join"
                }
                Index::Customers => {
                    clauses.and("customer_search match ? and r.seq = customer_search.rowid", [wanted]);
                    "customer_search cross join"
                }
            }
        }
        Dialect::Postgres => {
            let wanted = Value::Text(format!(
                "{} & ({})",
                reseller_word(reseller),
                either(text, " & ", " | ", |w| format!("'{w}':*"))
            ));
            match index {
                Index::Licenses => clauses.and(
                    "exists (select 1 from license_search s where s.seq = r.seq and s.words @@ cast(? as tsquery))",
                    [wanted],
                ),
                Index::Customers => clauses.and(
                    "exists (select 1 from customer_search s where s.seq = r.seq and s.words @@ cast(? as tsquery))",
                    [wanted],
                ),
            }
            ""
        }
    }
}

/// The column that orders the hits and bounds a page: SQLite walks its index by it.
pub(crate) const fn order(dialect: Dialect, index: Index, searching: bool) -> &'static str {
    match (dialect, index, searching) {
        (Dialect::Sqlite, Index::Licenses, true) => "license_search.rowid",
        (Dialect::Sqlite, Index::Customers, true) => "customer_search.rowid",
        _ => "r.seq",
    }
}

/// All the words, or all the groups of the key that they may be. Words hold letters and digits
/// only, so that nothing in them can be mistaken for the language of the search.
fn either(text: &SearchText, and: &str, or: &str, begins: impl Fn(&str) -> String) -> String {
    let all = |words: &[String]| words.iter().map(|w| begins(w)).collect::<Vec<_>>().join(and);
    match &text.key {
        Some(key) => format!("({}){or}({})", all(&text.words), all(key)),
        None => all(&text.words),
    }
}

/// The one word that stands for a reseller in the index.
fn reseller_word(reseller: AccountId) -> String {
    format!("r{}", reseller.to_string().replace('-', ""))
}
