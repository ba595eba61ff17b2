//! Billing: what comes due by itself, what resellers owe, and how it is paid and given back (B1 to B9, C5 to C8).

mod credit;
pub mod credit_notes;
pub mod invoices;
pub mod month;
mod paper;
pub mod payments;
pub mod recur;
pub mod refunds;
pub mod remind;
mod settings;
mod standing;
pub mod subscriptions;
mod suspend;
mod tell;

pub(crate) use credit::credit_changed;
pub use settings::{save_settings, settings};
pub use standing::{COLUMNS as LEDGER_COLUMNS, export as export_ledger, home, ledger};
pub(crate) use suspend::let_in;
