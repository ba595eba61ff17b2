//! Orders: a reseller's own, and in the back office those of everybody, of which the held ones wait for a decision.

pub mod api;
mod held;
mod lines;
mod list;
mod office;
mod office_list;
mod page;
mod terms;

pub use lines::History;
pub(crate) use lines::state_words;
pub use list::OrdersPage;
pub(crate) use list::{Chips, view_of_address};
pub use office::OfficeOrderPage;
pub use office_list::OfficeOrdersPage;
pub(crate) use office_list::credit_now;
pub use page::OrderPage;
pub(crate) use page::{HeldNow, TopUp};
pub use terms::AcceptTerms;
