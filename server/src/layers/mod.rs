//! The layers that every request goes through, each in a file of its own; [`crate::router`] puts them in order.

pub mod address;
pub mod content_type;
pub mod cross_site;
pub mod headers;
pub mod outcome;
pub mod outdated;
pub mod panic;
pub mod rate;
pub mod request_id;
pub mod session;
pub mod size;
pub mod trace;
pub mod words;
