//! Applications of those who want to become resellers (A3): the queue, and the decision.

mod decide;
mod list;
mod page;

pub use list::ApplicationsPage;
pub use page::ApplicationPage;
