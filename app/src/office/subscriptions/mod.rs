//! Changing the price of a running subscription.

mod price;

pub use price::SubscriptionPricePage;
