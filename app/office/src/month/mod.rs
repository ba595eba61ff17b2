//! The end of a month: a reseller's own, and in the back office that of all resellers and of each.

mod list;
mod office;

pub use list::OfficeMonthsPage;
pub use office::OfficeMonthPage;
