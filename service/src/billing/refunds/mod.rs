//! Giving a license back within 30 days (B9): by its reseller, or by finance.

mod back;
mod give_back;
mod page;

pub(crate) use back::offer;
pub(in crate::billing) use back::{of_invoice, take};
pub use give_back::{refund, refund_any};
pub use page::page;
