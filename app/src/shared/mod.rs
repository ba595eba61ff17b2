//! What the storefront and the back office both show: the ways in, the own account, people, invoices, payments, orders, the end of a month.
//!
//! The folders are the nouns of the product, as in the crates beside it. What only one of the two shows stands there.

pub mod account;
pub mod accounts;
pub mod actions;
pub mod applications;
pub mod audit;
pub mod billing_details;
pub mod contacts;
pub mod customers;
pub mod invoices;
pub mod month;
pub mod orders;
pub mod passkeys;
pub mod payments;
pub mod refunds;
pub mod sessions;
pub mod subscriptions;
