//! Running subscriptions, on the page of a license, and adding licenses to one.

mod add;
pub mod api;
mod card;
mod renewal;

pub use add::AddLicensesRoute;
pub use card::{Acts, SubscriptionOf};
