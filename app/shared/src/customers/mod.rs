//! The reseller's customers: list, wizard, page.

pub mod api;
mod edit;

pub use edit::{EditCustomerPage, OfficeEditCustomerPage};
