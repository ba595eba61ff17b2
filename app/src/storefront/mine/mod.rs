//! What an end customer sees: their own licenses with their keys, and nothing else (L16).

pub(crate) mod api;
mod license;
mod list;

pub use license::MyLicensePage;
pub use list::MinePage;
