//! The audit log: the whole of it for staff, and its own part for the admins of an account (X1).

pub mod api;
mod own;

pub use own::HistoryPage;
