//! Invoices and the ledger: the lines and rows that both sides show, and what is asked of them.

pub mod api;
mod parts;
mod rows;

pub use parts::{Credits, Lines, Pdf, Settled, Transfer};
pub use rows::{Chips, InvoiceRows, LedgerRows, Standing, view_of_address};
