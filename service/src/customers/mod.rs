//! Customers: the wizard that creates them, the list, the page (A10, A11).

mod create;
mod edit;
mod export;
mod import;
mod list;
mod wizard;

pub use create::create;
pub use edit::{edit, edit_page};
pub use export::{COLUMNS, export};
pub use import::{dry_run, go_on as go_on_importing, import, upload};
pub(crate) use list::row;
pub use list::{find, list, resend_link, search};
pub use wizard::{begin, save_draft, wizard};
