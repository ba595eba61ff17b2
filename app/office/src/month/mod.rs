//! The end of a month, of all resellers and of each.

mod list;
mod office;

pub use list::OfficeMonthsPage;
pub use office::OfficeMonthPage;
