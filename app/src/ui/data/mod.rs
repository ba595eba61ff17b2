//! What pages ask the server for, and what forms send to it.
//!
//! Each page has data of its own types. In the browser, code that is made anew for each type is most of the program, so here
//! everything that a type is not needed for is written once, without it: the request, the resource, the state of a form. A type
//! comes in only where a value is read and where it is shown.
//!
//! [`Resource`] and [`ServerAction`] have the names and the methods of those of Leptos, as far as pages use them. A file that
//! needs one imports it from here, which takes precedence over the one in `leptos::prelude`.
//!
//! - [`Wire`] is the protocol of all server functions: what is sent, and how answers are read; [`Asked`] in which form they are
//!   asked for, and [`packed`] the form that is the pages' own.
//! - [`Value`] is what a server function returned, without its type; [`Source`] what a resource asks with, without its type.
//! - `page` is how answers stand in the page that the server wrote.

mod action;
mod asked;
mod handed;
pub mod packed;
mod page;
mod resource;
mod source;
mod typed;
mod value;
mod wire;

pub use action::{Post, ServerAction};
pub use asked::{Asked, PACKED, accept};
pub use handed::Handed;
pub use resource::{Resource, Untyped};
pub use typed::typed;
pub use value::Value;
pub use wire::{Function, Wire, send};

use std::pin::Pin;

use self::source::Source;

use crate::ui::Fault;

/// What the server answered, without its type.
pub type Answer = Result<Value, Fault>;

/// What is on its way.
pub type Coming<T> = Pin<Box<dyn Future<Output = T> + Send>>;
