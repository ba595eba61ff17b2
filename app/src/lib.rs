//! What is seen of Keyhouse: pages, components, and the server functions beside them.
//!
//! The server writes each page whole; the browser wakes it and then only adds. This crate writes no SQL and decides no rule. How a page
//! is written stands in [`ui`].
//!
//! The storefront and the back office know nothing of each other: what both show stands in `shared`, and what all pages are made of in
//! [`ui`]. Around them is the frame with the menus, which knows all pages. Why these are folders and not crates:
//! `docs/decisions/one-crate-of-pages.md`.

mod command;
mod menu;
mod office;
mod parts;
mod program;
mod routes;
mod shared;
mod shell;
mod shortcuts;
mod storefront;
mod title;
pub mod ui;

// Asked by others than our pages, which are told by the server.
pub use shared::sessions::api::Current;
pub use shell::{App, shell};
#[cfg(feature = "ssr")]
pub use ui::request;
pub use ui::{
    Arrival, Fault, cookies,
    data::{ACCEPTS, Asked, PACKED, packed},
    fault, paths,
};
