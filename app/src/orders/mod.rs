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
pub use list::OrdersRoute;
pub use office::OfficeOrderRoute;
pub use office_list::OfficeOrdersRoute;
pub use page::OrderRoute;
pub(crate) use page::TopUp;
pub use terms::AcceptTerms;
