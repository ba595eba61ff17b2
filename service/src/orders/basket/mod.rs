//! The basket: what somebody wants to order, at the prices that they saw, and placing it (O1, P3). It is a draft of one person.

mod change;
mod checkout;
mod draft;
mod page;

pub use change::{add, confirm, set};
pub use checkout::{keep, place_basket};
pub(crate) use draft::choose_user;
pub use page::find;
