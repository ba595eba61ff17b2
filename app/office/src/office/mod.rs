//! The home of the staff.

pub(crate) mod api;
mod home;

pub use home::OfficePage;
