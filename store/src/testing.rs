//! Databases for tests: a PostgreSQL schema of its own for each, and a hand that does what the store would never do.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{OptionId, billing::OptionBilling};
use sqlx::{AnyConnection, Connection, Executor, Row};

use crate::{Tx, tx::pieces};

/// The variable that names the server; `scripts/with-postgres` starts one and sets it.
const SERVER: &str = "KEYHOUSE_TEST_POSTGRES_URL";

/// The address of an empty PostgreSQL schema.
///
/// # Panics
/// Without a server: nothing is skipped silently.
pub async fn fresh_postgres() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} is not set: run the tests by `scripts/with-postgres cargo test`, or `make unit`")
    });
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&server).await.expect("the server answers");
    let create = format!("drop schema if exists {schema} cascade; create schema {schema}");
    connection.execute(pieces(create)).await.expect("a schema");
    let join = if server.contains('?') { '&' } else { '?' };
    format!("{server}{join}options=-csearch_path%3D{schema}")
}

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

/// How many rows some tables have.
///
/// # Panics
/// When there is no such table.
pub async fn rows_of<'a>(url: &str, tables: &[&'a str]) -> Vec<(&'a str, i64)> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.expect("the database answers");
    let mut rows = Vec::new();
    for table in tables {
        let row = connection.fetch_one(pieces(format!("select count(*) from {table}"))).await.expect("a table");
        rows.push((*table, row.get(0)));
    }
    connection.close().await.expect("it is closed");
    rows
}
