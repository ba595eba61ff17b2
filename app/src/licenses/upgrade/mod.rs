//! Upgrading a trial (L5).

pub mod api;
mod page;

pub use page::UpgradePage;
