//! The back office: what the staff see.
//!
//! How a page is written stands in [`ui`].

pub mod accounts;
pub mod applications;
pub mod audit;
pub mod billing;
pub mod home;
pub mod invoices;
pub mod mail;
pub mod month;
pub mod orders;
pub mod payments;
pub mod price_lists;
pub mod products;
pub mod refunds;
pub mod subscriptions;
