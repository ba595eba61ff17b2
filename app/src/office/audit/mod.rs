//! The whole of the audit log, for staff (X1).

mod filters;
mod log;

pub use log::AuditPage;
