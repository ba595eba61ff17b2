//! Accounts and the counters on them.

mod address;
mod billed;
mod details;
mod invoiced;
mod list;
mod parts;
mod watch;

pub use address::{own_address, save_address};
pub use billed::{Billed, billed, ordered, owe, own_billed, set_tax, take_credit};
pub use details::{Kept, find, index, reactivate, save, set_limit, suspend};
pub use invoiced::{Invoiced, invoiced, set_invoice_per};
pub use list::{Listed, page};
pub use watch::{
    exceeded, exceeds_no_more, lift_debt_suspension, save_terms, suspend_for_debt, suspend_over, suspended_by_debt,
    terms, watched,
};

use std::{collections::HashMap, slice};

use domain::{
    AccountId, Currency, PriceListId, Scope, Timestamp,
    accounts::{Kind, UNPAID_CAP, Unpaid},
};
use sqlx::any::AnyRow;

use crate::{
    Error, Tx,
    row::{Read, maybe_micros, micros},
    tx::{pieces, rows},
};

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Operator, reseller or customer.
    pub kind: Kind,
    /// The reseller it is assigned to (A11).
    pub reseller: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// IANA name of the zone in which its people read times.
    pub time_zone: String,
    /// What it is charged in.
    pub currency: Currency,
    /// Ordering is on since.
    pub ordering_since: Option<Timestamp>,
    /// Reselling is on since.
    pub reselling_since: Option<Timestamp>,
    /// The price list assigned to it (P2).
    pub price_list: Option<PriceListId>,
    /// Nobody of it signs in since.
    pub suspended_at: Option<Timestamp>,
    /// V12: its debt did that, and who may pay still signs in to pay.
    pub debt_suspended_at: Option<Timestamp>,
    /// L7.
    pub unpaid: Unpaid,
    /// How many licenses it has, as a reseller or as a customer.
    pub licenses: i64,
    /// How many customers it has.
    pub customers: i64,
    /// Raised by every deed on it.
    pub version: i64,
    /// Since when.
    pub created_at: Timestamp,
}

impl Account {
    /// A new account in Berlin that is charged in euros and may do nothing yet.
    pub fn new(id: AccountId, kind: Kind, name: impl Into<String>, created_at: Timestamp) -> Self {
        Self {
            id,
            kind,
            reseller: None,
            name: name.into(),
            time_zone: "Europe/Berlin".to_owned(),
            currency: Currency::EUR,
            ordering_since: None,
            reselling_since: None,
            price_list: None,
            suspended_at: None,
            debt_suspended_at: None,
            unpaid: Unpaid { count: 0, cap: UNPAID_CAP },
            licenses: 0,
            customers: 0,
            version: 0,
            created_at,
        }
    }
}

const COLUMNS: &str = "id, kind, reseller_id, name, time_zone, currency, ordering_since, reselling_since, \
    price_list_id, suspended_at, debt_suspended_at, unpaid_cap, unpaid_licenses, license_count, customer_count, version, created_at";

fn read(row: &AnyRow) -> Result<Account, Error> {
    Ok(Account {
        id: row.parsed("id")?,
        kind: row.word("kind", Kind::from_word)?,
        reseller: row.maybe_parsed("reseller_id")?,
        name: row.text("name")?,
        time_zone: row.text("time_zone")?,
        currency: row.currency("currency")?,
        ordering_since: row.maybe_time("ordering_since")?,
        reselling_since: row.maybe_time("reselling_since")?,
        price_list: row.maybe_parsed("price_list_id")?,
        suspended_at: row.maybe_time("suspended_at")?,
        debt_suspended_at: row.maybe_time("debt_suspended_at")?,
        unpaid: Unpaid { count: row.int("unpaid_licenses")?, cap: row.int("unpaid_cap")? },
        licenses: row.int("license_count")?,
        customers: row.int("customer_count")?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}

/// Another name for an account: the company of a customer, or its person.
///
/// # Errors
/// When the database cannot.
pub async fn rename(tx: &mut Tx, id: AccountId, name: &str) -> Result<(), Error> {
    let query = sqlx::query("update accounts set name = $1 where id = $2");
    query.bind(name.to_owned()).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Stores a new account and gives its place in the lists. Counters begin at nothing.
///
/// # Errors
/// When the database cannot.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<i64, Error> {
    let places = insert_all(tx, slice::from_ref(account)).await?;
    places.get(&account.id).copied().ok_or(Error::Sqlx(sqlx::Error::RowNotFound))
}

/// Stores new accounts by one statement, and gives their places in the lists.
///
/// # Errors
/// When the database cannot.
pub async fn insert_all(tx: &mut Tx, accounts: &[Account]) -> Result<HashMap<AccountId, i64>, Error> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "insert into accounts (id, kind, reseller_id, name, time_zone, currency, ordering_since,
            reselling_since, price_list_id, unpaid_cap, created_at)
         values {}
         returning id, seq",
        rows(0, 11, &[(7, "bigint"), (8, "bigint")], accounts.len())
    );
    let query = accounts.iter().fold(sqlx::query(pieces(sql)), |query, account| {
        query
            .bind(account.id.to_string())
            .bind(account.kind.word())
            .bind(account.reseller.map(|id| id.to_string()))
            .bind(account.name.clone())
            .bind(account.time_zone.clone())
            .bind(account.currency.code())
            .bind(maybe_micros(account.ordering_since))
            .bind(maybe_micros(account.reselling_since))
            .bind(account.price_list.map(|id| id.to_string()))
            .bind(account.unpaid.cap)
            .bind(micros(account.created_at))
    });
    let stored = query.fetch_all(tx.db()).await?;
    stored.iter().map(|row| Ok((row.parsed("id")?, row.int("seq")?))).collect()
}

/// The account of whoever asks.
///
/// # Errors
/// When the database cannot.
pub async fn own(tx: &mut Tx, scope: &Scope) -> Result<Option<Account>, Error> {
    match scope.reseller().or(scope.customer()) {
        Some(id) => by_id(tx, id).await,
        None => operator(tx).await,
    }
}

/// The operator's account, of which there is one.
///
/// # Errors
/// When the database cannot.
pub async fn operator(tx: &mut Tx) -> Result<Option<Account>, Error> {
    let sql = format!("select {COLUMNS} from accounts where kind = 'operator' order by seq limit 1");
    let row = sqlx::query(pieces(sql)).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// An account of which it is already known that it may be read: the account of a contact, the
/// reseller of an order. Tenant data is reached through `customers` and `licenses`.
///
/// # Errors
/// When the database cannot.
pub async fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Error> {
    let sql = format!("select {COLUMNS} from accounts where id = $1");
    let row = sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    row.as_ref().map(read).transpose()
}

/// Holds the account still until the end of the transaction.
///
/// # Errors
/// When the database cannot.
pub async fn hold(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    let sql = format!("select id from accounts where id = $1 {}", tx.dialect().for_update());
    sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    Ok(())
}

/// Holds what is said of the account itself, while others go on adding what belongs to it: its new customers and people. For those
/// who go by its state alone.
///
/// # Errors
/// When the database cannot.
pub async fn hold_state(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    let sql = format!("select id from accounts where id = $1 {}", tx.dialect().for_no_key_update());
    sqlx::query(pieces(sql)).bind(id.to_string()).fetch_optional(tx.db()).await?;
    Ok(())
}

/// Takes `slots` of the reseller's unpaid cap (L7); `false` when there are fewer. The guard is
/// the `where`: however many ask at once, no more are given than there are.
///
/// # Errors
/// When the database cannot.
pub async fn take_unpaid_slots(tx: &mut Tx, id: AccountId, slots: i64) -> Result<bool, Error> {
    let query = sqlx::query(
        "update accounts
         set unpaid_licenses = unpaid_licenses + $1
         where id = $2 and unpaid_licenses + $1 <= unpaid_cap",
    );
    let done = query.bind(slots).bind(id.to_string()).execute(tx.db()).await?;
    Ok(done.rows_affected() == 1)
}

/// Counts new licenses on an account.
///
/// # Errors
/// When the database cannot.
pub async fn count_licenses(tx: &mut Tx, id: AccountId, more: i64) -> Result<(), Error> {
    let query = sqlx::query("update accounts set license_count = license_count + $1 where id = $2");
    query.bind(more).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Counts a new customer on its reseller.
///
/// # Errors
/// When the database cannot.
pub async fn count_customer(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    count_customers(tx, id, 1).await
}

/// Counts new customers on their reseller.
///
/// # Errors
/// When the database cannot.
pub async fn count_customers(tx: &mut Tx, id: AccountId, more: i64) -> Result<(), Error> {
    let query = sqlx::query("update accounts set customer_count = customer_count + $1 where id = $2");
    query.bind(more).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}

/// Raises the account's version: something of it has changed. Gives the new one.
///
/// # Errors
/// When the database cannot.
pub async fn raise_version(tx: &mut Tx, id: AccountId) -> Result<i64, Error> {
    let query = sqlx::query_scalar("update accounts set version = version + 1 where id = $1 returning version");
    Ok(query.bind(id.to_string()).fetch_one(tx.db()).await?)
}

/// Changes what the operator has set for an account: its cap (L7).
///
/// # Errors
/// When the database cannot.
pub async fn set_unpaid_cap(tx: &mut Tx, id: AccountId, cap: i64) -> Result<(), Error> {
    let query = sqlx::query("update accounts set unpaid_cap = $1 where id = $2");
    query.bind(cap).bind(id.to_string()).execute(tx.db()).await?;
    Ok(())
}
