//! Correcting a reseller's customer, from either side, and what is asked of customers.

pub mod api;
mod edit;

pub use edit::{EditCustomerPage, OfficeEditCustomerPage};
