//! The end of a month: what a reseller bought, sold on and paid in it, reckoned from the ledger at every look.

mod export;
mod office;
mod own;
mod reckon;
mod totals;

pub use export::{ALL_COLUMNS, all, of_any, of_own};
pub use office::{find, list};
pub use own::own;
