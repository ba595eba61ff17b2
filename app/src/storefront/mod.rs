//! The storefront: what resellers see, and what their customers see of their keys.
//!
//! How a page is written stands in [`ui`].

pub mod basket;
pub mod catalog;
pub mod customers;
pub mod home;
pub mod invoices;
pub mod licenses;
pub mod mine;
pub mod month;
pub mod orders;
pub mod payments;
pub mod resale;
pub mod subscriptions;
