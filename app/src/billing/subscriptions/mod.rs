//! Running subscriptions, on the page of a license; adding licenses to one; and changing its price in the back office.

mod add;
pub mod api;
mod card;
mod price;
mod renewal;

pub use add::AddLicensesPage;
pub use card::{Acts, SubscriptionOf};
pub use price::SubscriptionPricePage;
