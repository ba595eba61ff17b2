//! The audit log (X1): the part of an account for its own admins, and what is asked of the log.

pub mod api;
mod own;

pub use own::HistoryPage;
