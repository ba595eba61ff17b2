//! The end of a month: a reseller's own, and in the back office that of all resellers and of each.

mod own;

pub use own::MonthPage;
