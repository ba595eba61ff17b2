//! The page of a reseller's own order.

mod page;

pub(crate) use page::HeldNow;
pub use page::{OrderPage, TopUp};
