//! Licenses: the wizard and the order it places, the list, the page, the customer's own.

mod create;
mod edit;
mod export;
mod list;
mod many;
mod own;
mod page;
mod send;
mod upgrade;
mod wizard;

pub use create::create;
pub use edit::edit;
pub use export::{COLUMNS, export};
pub use list::list;
pub(crate) use list::{most, row};
pub use many::change_many;
pub use own::{find_mine, mine};
pub use page::find;
pub(crate) use page::{license, picked};
pub use send::send;
pub(crate) use send::{Sending, key_groups, send_details};
pub use upgrade::{upgrade, upgrades};
pub use wizard::{autosave, begin, begin_as, pick_user, save_details, wizard};
