//! Billing in the back office: the operator's settings, and how one account is billed.

mod account;
pub(crate) mod api;
mod fields;
mod ledger;
mod settings;
mod terms;

pub use account::AccountBillingPage;
pub use settings::SettingsPage;
