//! Databases for tests, each of its own, and a hand that does what the store would never do.

mod database;
mod server;
mod template;

pub use database::Database;

use domain::{OptionId, billing::OptionBilling};
use sqlx::{AnyConnection, Connection, Executor, Row};

use crate::{Tx, tx::pieces};

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
    let counts = tables.iter().map(|table| format!("(select count(*) from {table})")).collect::<Vec<_>>().join(", ");
    let row = connection.fetch_one(pieces(format!("select {counts}"))).await.expect("tables");
    connection.close().await.expect("it is closed");
    tables.iter().enumerate().map(|(at, table)| (*table, row.get(at))).collect()
}
