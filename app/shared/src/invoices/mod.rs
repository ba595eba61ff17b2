//! Invoices and the ledger: a reseller's own, and in the back office the invoices of everybody.

pub mod api;
mod parts;
mod rows;

pub use parts::{Credits, Lines, Pdf, Settled, Transfer};
pub use rows::{Chips, InvoiceRows, LedgerRows, Standing, view_of_address};
