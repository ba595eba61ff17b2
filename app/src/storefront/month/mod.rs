//! The end of a reseller's own month.

mod own;

pub use own::MonthPage;
