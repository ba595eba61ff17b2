//! Credit notes: what cancels an invoice, or lines of it.

mod credit;
mod issue;
mod printed;
mod tell;

pub use credit::{credit, page};
pub(super) use issue::{Credit, issue, notes};
pub use printed::{Printed, printed};
pub(super) use tell::payers;
