//! Topping up, and the discount of the own account (B6, B7).

mod discount;
mod top_up;

pub use discount::DiscountPage;
pub use top_up::TopUpPage;
