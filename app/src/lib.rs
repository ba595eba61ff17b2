//! What is seen of Keyhouse, put together: the frame around the pages, which page stands at which address, and which of them come together.
//!
//! The server writes each page whole; the browser wakes it and then only adds. No SQL stands here and no rule is decided. The pages stand in
//! `storefront`, `office` and `shared`; how one is written is said in [`ui`].

mod command;
mod menu;
mod parts;
mod program;
mod routes;
mod shell;
mod shortcuts;
mod title;
mod wire;

pub use shell::{App, shell};
// Asked by others than our pages, which are told by the server.
pub use shared::sessions::api::Current;
pub use wire::{ACCEPTS, begin};
