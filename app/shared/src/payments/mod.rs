//! Paying the operator (B6, B7, C6): the checkout, the page of a payment, top-up; and in the back office the money that came in.

pub mod api;
mod checkout;
mod list;
mod method;
mod page;

pub use checkout::CheckoutPage;
pub use list::{PaymentsPage, Rows, view_of_address};
pub use method::{Methods, PayLink, state_pill};
pub use page::{About, PaidFor, PaymentPage};
