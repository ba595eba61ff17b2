//! The audit log: the whole of it for staff, and its own part for the admins of an account (X1).

pub mod api;
mod filters;
mod log;
mod own;

pub use log::AuditPage;
pub use own::HistoryPage;
