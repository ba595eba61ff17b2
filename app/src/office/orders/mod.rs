//! The orders of everybody, of which the held ones wait for a decision.

mod held;
mod office;
mod office_list;

pub use self::office::OfficeOrderPage;
pub use office_list::OfficeOrdersPage;
pub(crate) use office_list::credit_now;
