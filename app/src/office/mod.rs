//! The home of the staff. A lazy route, like all pages of the back office.

pub mod api;
mod home;

pub use home::OfficeRoute;
