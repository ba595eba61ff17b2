//! Upgrading a trial (L5).

pub(crate) mod api;
mod page;

pub use page::UpgradePage;
