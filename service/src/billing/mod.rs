//! Billing: what comes due by itself, what resellers owe, and how it is paid (B1 to B9, C6 to C8).

pub mod month;
pub mod recur;
pub mod subscriptions;
//! Billing: what the operator says about it, and what is told of credit and of what is overdue.

mod credit;
pub mod remind;
mod settings;
mod suspend;
mod tell;

pub(crate) use credit::credit_changed;
pub use settings::{save_settings, settings};
