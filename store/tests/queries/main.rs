//! Every query of the store as a story, told on SQLite and on PostgreSQL.
//!
//! `on_both!` makes two tests of one story. SQLite is a file in a temporary folder; PostgreSQL is a
//! schema of its own on the server that `scripts/with-postgres` starts, without which the story fails.

#[macro_use]
mod engines;
mod account_details;
mod accounts;
mod applications;
mod audit;
mod charges;
mod cleanup;
mod contacts;
mod credit_notes;
mod customers;
mod demo;
mod drafts;
mod editions;
mod files;
mod idempotency;
mod imports;
mod invoices;
mod licenses;
mod links;
mod list;
mod mail;
mod migrations;
mod month_end;
mod orders;
mod overdue;
mod payments;
mod people;
mod plans;
mod price_lists;
mod products;
mod receipts;
mod resale;
mod search;
mod second_factors;
mod sessions;
mod sign_in_tries;
mod tls;
mod transactions;
mod verify;
mod world;
