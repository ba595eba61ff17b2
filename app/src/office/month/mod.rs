//! The end of a month, of all resellers and of each.

mod list;
mod office;

pub use self::office::OfficeMonthPage;
pub use list::OfficeMonthsPage;
