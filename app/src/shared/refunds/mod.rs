//! Giving licenses back (B5, B9): the card on the page of a license, and what is asked of refunds.

pub mod api;
mod card;

pub use card::{GiveBackCard, words};
