//! Customers: end customers' accounts and the wizard that creates them (A10, A11).

mod edit;
pub mod import;
mod new;
mod views;

pub use edit::{CustomerEdit, CustomerForm, SIGN_IN_CLOSED, SignInEdit};
pub use new::{Access, NewCustomer, NewCustomerForm};
pub(crate) use new::{email, phone};
pub use views::{CustomerPage, CustomerRow, Customers, CustomersQuery, Picked, Waiting, Wizard};
