//! The basket, and the checkout that makes an order of it (O1).

pub mod api;
mod checkout;
mod page;

pub use api::Add;
pub use checkout::CheckoutPage;
pub use page::BasketPage;
