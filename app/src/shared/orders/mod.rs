//! A reseller's orders, their lines and terms, and what is asked of orders.

pub mod api;
mod lines;
mod list;
mod terms;

pub use lines::{History, Lines, state_words};
pub use list::{Chips, OrdersPage, view_of_address};
pub use terms::{AcceptTerms, AcceptedTerms};
