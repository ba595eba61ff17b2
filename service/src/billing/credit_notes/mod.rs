//! Credit notes: what cancels an invoice, or lines of it.

mod credit;
mod issue;
mod tell;

pub use credit::{credit, page};
pub(super) use issue::{Credit, issue, notes};
pub(super) use tell::payers;
