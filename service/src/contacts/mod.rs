//! The people of an account: activation and passwords.

mod activate;
mod owner;
mod password;

pub(crate) use activate::invite;
pub use activate::{activate, ask_new_link, invitation};
pub use owner::make_owner;
pub(crate) use owner::save_owner;
pub use password::change_password;
pub(crate) use password::guess_proof;
