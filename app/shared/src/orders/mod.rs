//! Orders: a reseller's own, and in the back office those of everybody, of which the held ones wait for a decision.

pub mod api;
mod lines;
mod list;
mod terms;

pub use lines::{History, Lines, state_words};
pub use list::{Chips, OrdersPage, view_of_address};
pub use terms::{AcceptTerms, AcceptedTerms};
