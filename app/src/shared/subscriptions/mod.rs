//! Running subscriptions, on the page of a license, and what is asked of them.

pub mod api;
mod card;
mod renewal;

pub use card::{About, Acts, SubscriptionOf};
