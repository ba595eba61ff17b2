//! Giving licenses back, and crediting invoices (B5, B9).

pub mod api;
mod card;

pub use card::{GiveBackCard, words};
