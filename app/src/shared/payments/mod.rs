//! Paying the operator (B6, B7, C6): the checkout, the page and list of payments, and what is asked of them.

pub mod api;
mod checkout;
mod list;
mod method;
mod page;

pub use checkout::CheckoutPage;
pub use list::{PaymentsPage, Rows, view_of_address};
pub use method::{Methods, PayLink, state_pill};
pub use page::{About, PaidFor, PaymentPage};
