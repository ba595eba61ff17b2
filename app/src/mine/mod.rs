//! What an end customer sees: their own licenses with their keys, and nothing else (L16).

pub mod api;
mod license;
mod list;

pub use license::MyLicensePage;
pub use list::MinePage;
