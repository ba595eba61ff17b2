//! What is seen of Keyhouse: pages, components, and the server functions beside them.
//!
//! The server writes each page whole; the browser wakes it and then only adds. This crate writes no SQL and decides no rule. How a page
//! is written stands in [`ui`].
//!
//! The storefront and the back office know nothing of each other: what both show stands in `shared`, and what all pages are made of in
//! [`ui`]. Around them is the frame with the menus, which knows all pages. With the feature `apart`, which the server and `make dev` have,
//! each of these folders is a crate, and they are compiled side by side. What a phone downloads is compiled as one crate, because that is
//! smaller: `docs/decisions/pages-apart.md`.

mod command;
mod menu;
#[cfg(not(feature = "apart"))]
mod office;
mod parts;
mod program;
mod routes;
#[cfg(not(feature = "apart"))]
mod shared;
mod shell;
mod shortcuts;
#[cfg(not(feature = "apart"))]
mod storefront;
mod title;
#[cfg(not(feature = "apart"))]
pub mod ui;
mod wire;

#[cfg(feature = "apart")]
use pages_office::office;
#[cfg(feature = "apart")]
use pages_shared::shared;
// Asked by others than our pages, which are told by the server.
pub use crate::shared::sessions::api::Current;
#[cfg(feature = "apart")]
use pages_storefront::storefront;
#[cfg(feature = "apart")]
pub use pages_ui::ui;
pub use shell::{App, shell};
pub use wire::{ACCEPTS, begin};

#[cfg(feature = "ssr")]
pub use crate::ui::request;
pub use crate::ui::{
    Arrival, Fault, cookies,
    data::{Asked, PACKED, packed},
    fault, paths,
};
