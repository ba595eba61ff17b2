//! Billing: what comes due by itself, what resellers owe, and how it is paid (B1 to B9, C6 to C8).

mod credit;
pub mod month;
pub mod recur;
pub mod remind;
mod settings;
pub mod subscriptions;
mod suspend;
mod tell;

pub(crate) use credit::{credit_changed};
pub use settings::{save_settings, settings};
//! Billing: invoices, what is given back of them, and licenses that are given back.

pub mod credit_notes;
pub(crate) mod invoices;
mod paper;
pub mod refunds;
