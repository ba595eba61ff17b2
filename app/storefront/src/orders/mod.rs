//! Orders: a reseller's own, and in the back office those of everybody, of which the held ones wait for a decision.

mod page;

pub(crate) use page::HeldNow;
pub use page::{OrderPage, TopUp};
