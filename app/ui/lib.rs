//! What pages are made of: `ui` of `app`, compiled by itself.

#[path = "../src/ui/mod.rs"]
pub mod ui;
