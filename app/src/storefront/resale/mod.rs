//! What a reseller takes itself (P4): the price that it records for an option, for its own eyes.

pub(crate) mod api;
mod page;
mod shown;

pub use page::ResalePage;
pub(crate) use shown::ResaleLine;
