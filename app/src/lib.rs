//! What is seen of Keyhouse: pages, components, and the server functions beside them.
//!
//! The server writes each page whole; the browser wakes it and then only adds. This crate
//! writes no SQL and decides no rule. How a page is written stands in [`ui`].

mod account;
mod accounts;
mod actions;
mod applications;
mod arrival;
mod audit;
mod basket;
mod billing;
mod catalog;
mod command;
mod contacts;
pub mod cookies;
mod customers;
mod data;
pub mod fault;
mod home;
mod licenses;
mod mail;
mod menu;
mod mine;
mod office;
mod orders;
mod parts;
mod passkeys;
pub mod paths;
mod price_lists;
mod products;
mod program;
#[cfg(feature = "ssr")]
pub mod request;
mod resale;
mod routes;
mod sessions;
mod shell;
mod shortcuts;
mod title;
pub mod ui;

pub use arrival::Arrival;
pub use data::{ACCEPTS, Asked, PACKED, packed};
pub use fault::Fault;
// Asked by others than our pages, which are told by the server.
pub use sessions::api::Current;
pub use shell::{App, shell};
