//! The search indexes: words of a row, found by their beginnings (L14), and on SQLite also what its
//! filters ask for. `migrations/0016_search.*.sql` says what stands in them.

use domain::{AccountId, ProductId, licenses::SearchText};

use crate::{
    Error, Tx,
    clauses::{Clauses, Value},
    dialect::Dialect,
    tx::pieces,
};

/// Which index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    Licenses,
    Customers,
}

/// Something that a filter asks for, as SQLite's index knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facet {
    /// A word, which its first three letters tell from all others.
    Is(&'static str),
    /// Of that customer.
    Customer(AccountId),
    /// Of that product.
    Product(ProductId),
}

/// Puts the words of a row into an index, in the place of those it had.
pub(crate) async fn put(
    tx: &mut Tx,
    index: Index,
    seq: i64,
    reseller: AccountId,
    words: impl Iterator<Item = String>,
) -> Result<(), Error> {
    let mut words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    let query = match (tx.dialect(), index) {
        (Dialect::Sqlite, Index::Licenses) => sqlx::query(
            "insert or replace into license_search (rowid, facets, words)
             select seq, facets, replace($2, '#', code) from license_facets where seq = $1",
        )
        .bind(seq)
        .bind(marked(&words)),
        (Dialect::Sqlite, Index::Customers) => sqlx::query(
            "insert or replace into customer_search (rowid, words)
             select $1, replace($2, '#', printf('%06x', seq)) from accounts where id = $3",
        )
        .bind(seq)
        .bind(marked(&words))
        .bind(reseller.to_string()),
        (Dialect::Postgres, index) => {
            words.insert(0, format!("_{reseller}"));
            let sql = format!(
                "insert into {} (rowid, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))
                 on conflict (rowid) do update set words = excluded.words",
                index.table()
            );
            sqlx::query(pieces(sql)).bind(seq).bind(words.join(" "))
        }
    };
    query.execute(tx.db()).await?;
    Ok(())
}

/// Puts customers of a reseller into the index that are not in it yet, all in one statement: their places and their words.
pub(crate) async fn put_new_customers(
    tx: &mut Tx,
    reseller: AccountId,
    customers: &[(i64, String)],
) -> Result<(), Error> {
    if customers.is_empty() {
        return Ok(());
    }
    let places: Vec<_> = (1..=customers.len()).map(|at| (2 * at, 2 * at + 1)).collect();
    let (first, values): (_, Vec<_>) = match tx.dialect() {
        Dialect::Sqlite => (
            "printf('%06x', (select seq from accounts where id = $1))",
            places.iter().map(|(seq, words)| format!("(${seq}, replace(${words}, '#', (select mark from reseller)))")).collect(),
        ),
        Dialect::Postgres => (
            "'_' || $1",
            places
                .iter()
                .map(|(seq, words)| {
                    format!("(${seq}, array_to_tsvector(string_to_array((select mark from reseller) || ' ' || ${words}, ' ')))")
                })
                .collect(),
        ),
    };
    let sql = format!(
        "with reseller (mark) as (select {first})
         insert into {} (rowid, words) values {}",
        Index::Customers.table(),
        values.join(", ")
    );
    let dialect = tx.dialect();
    let query = customers.iter().fold(sqlx::query(pieces(sql)).bind(reseller.to_string()), |query, (seq, words)| {
        let mut words: Vec<_> = words.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let words = if dialect == Dialect::Sqlite { marked(&words) } else { words.join(" ") };
        query.bind(*seq).bind(words)
    });
    query.execute(tx.db()).await?;
    Ok(())
}

/// Each with a mark before it, which the database replaces by the reseller's number.
fn marked(words: &[String]) -> String {
    words.iter().map(|word| format!("#{word}")).collect::<Vec<_>>().join(" ")
}

/// Narrows a query to the rows of a reseller that have all facets and the words that are looked for.
/// SQLite's index comes first in the query, its hits in the order of the list; PostgreSQL's is asked
/// about the row `r`, and its filters are conditions on that row.
pub(crate) fn narrow(
    dialect: Dialect,
    index: Index,
    clauses: &mut Clauses,
    reseller: AccountId,
    facets: &[Facet],
    text: Option<&SearchText>,
) {
    match dialect {
        Dialect::Sqlite => {
            let mut wanted: Vec<_> = facets.iter().map(Facet::wanted).collect();
            wanted.extend(text.map(|text| either(text, " AND ", " OR ", |word| format!("\"#{word}\"*"))));
            // Whoever and whatever does not exist has the number 0, which nothing has.
            let mut condition =
                "replace(?, '#', printf('%06x', coalesce((select seq from accounts where id = ?), 0)))".to_owned();
            let mut values: Vec<Value> = vec![wanted.join(" AND ").into(), reseller.to_string().into()];
            for facet in facets {
                if let Some((mark, table, id)) = facet.numbered() {
                    condition =
                        format!("replace({condition}, '{mark}', coalesce((select seq from {table} where id = ?), 0))");
                    values.push(id.into());
                }
            }
            clauses.and(&format!("{} match {condition}", index.table()), values);
        }
        Dialect::Postgres => {
            let Some(text) = text else { return };
            let wanted = format!("'_{reseller}' & ({})", either(text, " & ", " | ", |word| format!("'{word}':*")));
            let table = index.table();
            clauses.and(
                &format!("exists (select 1 from {table} s where s.rowid = r.seq and s.words @@ cast(? as tsquery))"),
                [wanted.into()],
            );
        }
    }
}

impl Index {
    /// Its table.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Licenses => "license_search",
            Self::Customers => "customer_search",
        }
    }
}

impl Facet {
    /// As it stands in the index, with marks for the numbers that the database knows.
    fn wanted(&self) -> String {
        match self {
            Self::Is(word) => format!("\"#_{}\"", &word[..word.len().min(3)]),
            Self::Customer(_) => "\"#_c@\"".to_owned(),
            Self::Product(_) => "\"#_p%\"".to_owned(),
        }
    }

    /// The mark, and whose number takes its place.
    fn numbered(&self) -> Option<(char, &'static str, String)> {
        match self {
            Self::Is(_) => None,
            Self::Customer(id) => Some(('@', "accounts", id.to_string())),
            Self::Product(id) => Some(('%', "products", id.to_string())),
        }
    }
}

/// All the words, or all the groups of the key that they may be. Words hold letters and digits
/// only, so that nothing in them can be mistaken for the language of the search.
fn either(text: &SearchText, and: &str, or: &str, begins: impl Fn(&str) -> String) -> String {
    let all = |words: &[String]| words.iter().map(|w| begins(w)).collect::<Vec<_>>().join(and);
    match &text.key {
        Some(key) if *key != text.words => format!("(({}){or}({}))", all(&text.words), all(key)),
        _ => format!("({})", all(&text.words)),
    }
}
