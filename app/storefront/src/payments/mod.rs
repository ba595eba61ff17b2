//! Paying the operator (B6, B7, C6): the checkout, the page of a payment, top-up; and in the back office the money that came in.

mod discount;
mod top_up;

pub use discount::DiscountPage;
pub use top_up::TopUpPage;
