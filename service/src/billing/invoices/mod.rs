//! Invoices: charges collected, numbered and kept (B5). What an order charges is invoiced with it; the rest when it is due.

mod export;
mod issue;
mod lines;
mod list;
mod page;
mod run;
mod tell;

pub use export::{COLUMNS, OFFICE_COLUMNS, export, export_all};
pub(crate) use issue::issue_executed;
pub use issue::issue_now;
pub(super) use issue::issue_to_credit;
pub(super) use list::row;
pub use list::{list, list_all};
pub use page::{credit_file, file, find, find_any};
pub use run::run;
