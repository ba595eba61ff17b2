//! The customers of a reseller: the list, the search, one of them (A11).

use domain::{
    AccountId, Scope,
    licenses::{SearchText, words_of},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    accounts::Account,
    clauses::Clauses,
    contacts::Contact,
    dialect::Dialect,
    row::Read,
    search::{self, Index},
};

/// A customer with the person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its place in the list.
    pub seq: i64,
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The person's name.
    pub person: String,
    /// The person's address.
    pub email: String,
    /// A6.
    pub state: domain::contacts::State,
    /// How many licenses it has.
    pub licenses: i64,
    /// Since when.
    pub created_at: domain::Timestamp,
}

const COLUMNS: &str = "r.seq, r.id, r.name, r.license_count, r.created_at, c.first_name, c.last_name, c.email, \
    c.activated_at, c.deactivated_at, c.locked_at";
// The one person of a customer; the first, should there be more.
const PERSON: &str = "join contacts c on c.id = (select min(id) from contacts where account_id = r.id)";

fn read(row: &AnyRow) -> Result<Customer, Error> {
    Ok(Customer {
        seq: row.int("seq")?,
        id: row.parsed("id")?,
        name: row.text("name")?,
        person: format!("{} {}", row.text("first_name")?, row.text("last_name")?),
        email: row.text("email")?,
        state: domain::contacts::State::of(
            row.maybe_time("activated_at")?,
            row.maybe_time("deactivated_at")?,
            row.maybe_time("locked_at")?,
        ),
        licenses: row.int("license_count")?,
        created_at: row.time("created_at")?,
    })
}

/// A page of customers, newest first, from below `after`.
///
/// # Errors
/// When the database cannot.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    search: Option<&SearchText>,
    after: Option<i64>,
    most: i64,
) -> Result<Vec<Customer>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(Vec::new());
    };
    let (sql, clauses) = select(tx.dialect(), reseller, search, after, most);
    let rows = clauses.rows(sql).fetch_all(tx.db()).await?;
    rows.iter().map(read).collect()
}

fn select(
    dialect: Dialect,
    reseller: AccountId,
    search: Option<&SearchText>,
    after: Option<i64>,
    most: i64,
) -> (String, Clauses) {
    let mut clauses = Clauses::default();
    if search.is_some() {
        search::narrow(dialect, Index::Customers, &mut clauses, reseller, &[], search);
    }
    let (rows, place) = match (dialect, search) {
        (Dialect::Sqlite, Some(_)) => {
            clauses.and("r.seq = customer_search.rowid", []);
            ("customer_search cross join accounts r", "customer_search.rowid")
        }
        _ => ("accounts r", "r.seq"),
    };
    clauses.and("r.reseller_id = ?", [reseller.to_string().into()]);
    if let Some(after) = after {
        clauses.and(&format!("{place} < ?"), [after.into()]);
    }
    let which = clauses.text();
    (format!("select {COLUMNS} from {rows} {PERSON} where {which} order by {place} desc limit {most}"), clauses)
}

/// One customer.
///
/// # Errors
/// When the database cannot.
pub async fn find(tx: &mut Tx, scope: &Scope, id: AccountId) -> Result<Option<Customer>, Error> {
    let Some(reseller) = scope.reseller() else {
        return Ok(None);
    };
    let mut clauses = Clauses::default();
    clauses.and("r.id = ?", [id.to_string().into()]);
    clauses.and("r.reseller_id = ?", [reseller.to_string().into()]);
    let sql = format!("select {COLUMNS} from accounts r {PERSON} where {}", clauses.text());
    let row = clauses.rows(sql).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// Puts a customer into the search: its name, its person, their address and username.
///
/// # Errors
/// When the database cannot.
pub async fn index(
    tx: &mut Tx,
    seq: i64,
    reseller: AccountId,
    account: &Account,
    person: &Contact,
) -> Result<(), Error> {
    let words = words(account, person);
    search::put(tx, Index::Customers, seq, reseller, words.split(' ').map(str::to_owned)).await
}

/// The same for customers of a reseller that were stored just now, each with its place and its words.
///
/// # Errors
/// When the database cannot.
pub async fn index_new(tx: &mut Tx, reseller: AccountId, customers: &[(i64, String)]) -> Result<(), Error> {
    search::put_new_customers(tx, reseller, customers).await
}

/// The words by which a customer is found, in the customers and in the licenses.
pub fn words(account: &Account, person: &Contact) -> String {
    let all = [account.name.clone(), person.name(), person.email.clone(), person.username.clone()];
    words_of(&all.join(" ")).collect::<Vec<_>>().join(" ")
}
