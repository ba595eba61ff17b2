//! Running subscriptions, on the page of a license; adding licenses to one; and changing its price in the back office.

pub mod api;
mod card;
mod renewal;

pub use card::{About, Acts, SubscriptionOf};
