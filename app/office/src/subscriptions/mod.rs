//! Running subscriptions, on the page of a license; adding licenses to one; and changing its price in the back office.

mod price;

pub use price::SubscriptionPricePage;
