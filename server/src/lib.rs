//! What runs: settings, the router and its layers, sessions, mail, the command line.
//!
//! No rule of the product is decided here, no SQL is written, and no page is drawn: this crate
//! carries requests to `app` and `service`, and their answers back. The way of one request is
//! the list of layers in [`router`], from top to bottom.

mod accept;
pub mod assets;
mod at_once;
mod backup;
pub mod cli;
mod clockwork;
mod commands;
mod cookie;
mod demo_data;
mod downloads;
mod events;
mod fail_point;
mod failure;
mod files;
mod health;
mod housekeeping;
mod key_file;
mod layers;
mod log;
mod mail;
mod part;
pub mod payments;
pub mod pdf;
mod returned;
pub mod router;
mod serve;
pub mod settings;
mod shared;
mod sparing;
mod turns;
mod uploads;
mod write_back;

pub use failure::Failure;
pub use service::Closing;
pub use shared::{Network, Shared};
