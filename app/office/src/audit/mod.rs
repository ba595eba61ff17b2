//! The audit log: the whole of it for staff, and its own part for the admins of an account (X1).

mod filters;
mod log;

pub use log::AuditPage;
