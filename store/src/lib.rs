//! How Keyhouse is kept: one SQL text for SQLite and PostgreSQL.
//!
//! A module per noun, each query beside the row it reads. Nobody above this crate writes SQL,
//! and every query on tenant data takes a [`domain::Scope`]: what is not yours is `None`.
//! Only `dialect.rs` and the `*.sqlite.sql` and `*.postgres.sql` migrations know which database
//! it is. A guard that must hold when many ask at once stands in the SQL, and says so.

pub mod accounts;
pub mod applications;
mod asked;
pub mod audit;
pub mod billing_settings;
pub mod charges;
mod clauses;
pub mod cleanup;
pub mod contacts;
pub mod credit_notes;
pub mod credit_reminders;
pub mod customers;
pub mod demo;
mod dialect;
pub mod drafts;
pub mod editions;
mod error;
pub mod idempotency;
pub mod imports;
pub mod installation_keys;
pub mod invoices;
pub mod ledger;
pub mod licenses;
pub mod links;
pub mod mail;
mod migrations;
pub mod month_end;
pub mod month_totals;
pub mod orders;
pub mod overdue;
pub mod passkeys;
pub mod payments;
pub mod price_lists;
pub mod products;
pub mod receipts;
pub mod resale_prices;
mod row;
mod search;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_tries;
mod statement;
mod steps;
pub mod subscriptions;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
pub mod verify;
mod writing;

pub use dialect::unverified_host;
pub use error::Error;
pub use steps::{Step, Watch};
pub use tx::{Store, Tx};
