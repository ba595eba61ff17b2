//! The basket, and the checkout that makes an order of it (O1).

pub(crate) mod api;
mod checkout;
mod page;

pub(crate) use api::Add;
pub use checkout::CheckoutPage;
pub use page::BasketPage;
