//! Applications of those who want to become resellers (A3).

mod apply;
mod decide;
mod decided;
mod export;
mod list;

pub use apply::apply;
pub use decide::{approve, reject};
pub use export::{COLUMNS, export};
pub use list::{find, list};
