//! The home of the staff.

pub mod api;
mod home;

pub use home::OfficePage;
