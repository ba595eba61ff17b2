//! Databases for tests, each of its own, and a hand that does what the store would never do.

mod database;
mod server;
mod template;

pub use database::Database;

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{MailId, OptionId, audit::What, billing::OptionBilling};
use sqlx::{AnyConnection, Connection, Executor, Row, any::AnyRow};

use crate::{Error, Store, Tx, audit, tx::pieces};

/// Lets an option say how it is billed (B4).
///
/// # Panics
/// When the database refuses it.
pub async fn bill_option(tx: &mut Tx, option: OptionId, terms: OptionBilling) {
    let query = sqlx::query("update license_options set timing = $1, proration = $2, billing_day = $3 where id = $4")
        .bind(terms.timing.word())
        .bind(terms.proration.word())
        .bind(terms.billing_day.map(domain::accounts::BillingDay::word))
        .bind(option.to_string());
    query.execute(tx.db()).await.expect("an option");
}

/// Runs a statement in a transaction.
///
/// # Errors
/// What the store says of it.
pub async fn execute(tx: &mut Tx, sql: &str) -> Result<(), Error> {
    sqlx::query(pieces(sql.to_owned())).execute(tx.db()).await?;
    Ok(())
}

/// Asks for texts in a transaction.
///
/// # Errors
/// What the store says of it.
pub async fn texts(tx: &mut Tx, sql: &str) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(pieces(sql.to_owned())).fetch_all(tx.db()).await?)
}

/// Asks for a number in a transaction.
///
/// # Errors
/// What the store says of it.
pub async fn number(tx: &mut Tx, sql: &str) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(pieces(sql.to_owned())).fetch_one(tx.db()).await?)
}

/// How SQLite would answer a query: each step with its number, and that of the step that it belongs to.
///
/// # Panics
/// When it is no query.
pub async fn plan(store: &Store, sql: &str) -> Vec<(i64, i64, String)> {
    let mut tx = store.read().await.expect("a transaction");
    let rows = sqlx::query(pieces(format!("explain query plan {sql}"))).fetch_all(tx.db()).await.expect(sql);
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(3))).collect()
}

/// A full disk: SQLite may not make its file larger than it is. It holds as long as that connection is used.
///
/// # Panics
/// When it cannot be told.
pub async fn fill(store: &Store) {
    let mut connection = store.writers().acquire().await.expect("the writer");
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(&mut *connection).await.expect("a number");
    connection.execute(pieces(format!("pragma max_page_count = {pages}"))).await.expect("a limit");
}

/// Lets a store on SQLite write nothing, as when its disk takes nothing any more, or write again.
///
/// # Panics
/// When it cannot be told.
pub async fn write_nothing(store: &Store, nothing: bool) {
    let mut connection = store.writers().acquire().await.expect("the writer");
    connection.execute(pieces(format!("pragma query_only = {nothing}"))).await.expect("it is told");
}

/// Commits one entry of the audit log.
///
/// # Panics
/// When the database refuses it.
pub async fn write_something(store: &Store) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let id = uuid::Uuid::from_u64_pair(std::process::id().into(), NEXT.fetch_add(1, Ordering::Relaxed).into());
    let event = audit::Event {
        id: id.into(),
        at: domain::Timestamp::UNIX_EPOCH,
        what: What::SignedIn,
        account: None,
        contact: None,
        who: "somebody".to_owned(),
        subject: id.to_string(),
        detail: None,
        address: "192.0.2.7".to_owned(),
        request: "r".to_owned(),
    };
    let mut tx = store.write().await.expect("a transaction");
    audit::append(&mut tx, &event).await.expect("an entry");
    tx.commit().await.expect("a commit");
}

/// Runs statements on a database past the store, as somebody would who holds its file.
///
/// # Panics
/// When the database refuses one.
pub async fn tamper(url: &str, statements: &[&str]) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.expect("the database answers");
    for statement in statements {
        connection.execute(pieces((*statement).to_owned())).await.expect("it is done");
    }
    connection.close().await.expect("it is kept");
}

/// The texts of mails with their links and keys, as they are sent; only of those that have any and wait still.
///
/// # Panics
/// When the outbox cannot be read.
pub async fn whole_texts(tx: &mut Tx) -> HashMap<MailId, String> {
    let query = sqlx::query("select id, whole from outbox where whole <> ''");
    let rows = query.fetch_all(tx.db()).await.expect("the outbox");
    let read = |row: &AnyRow| (row.get::<String, _>("id").parse().expect("an id"), row.get("whole"));
    rows.iter().map(read).collect()
}

/// How many rows some tables have.
///
/// # Panics
/// When there is no such table.
pub async fn rows_of<'a>(url: &str, tables: &[&'a str]) -> Vec<(&'a str, i64)> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.expect("the database answers");
    let counts = tables.iter().map(|table| format!("(select count(*) from {table})")).collect::<Vec<_>>().join(", ");
    let row = connection.fetch_one(pieces(format!("select {counts}"))).await.expect("tables");
    connection.close().await.expect("it is closed");
    tables.iter().enumerate().map(|(at, table)| (*table, row.get(at))).collect()
}
