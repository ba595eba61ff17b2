//! The home of the staff.

pub(crate) mod api;
mod page;

pub use page::OfficePage;
