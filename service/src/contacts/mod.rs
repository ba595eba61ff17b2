//! The people of an account: activation and passwords.

mod activate;
mod owner;
mod passkeys;
mod password;
mod second_factor;

pub(crate) use activate::invite;
pub use activate::{activate, ask_new_link, invitation};
pub use owner::make_owner;
pub(crate) use owner::save_owner;
pub use passkeys::{begin_passkey, finish_passkey, remove_passkey};
pub(crate) use passkeys::{challenge, proves};
pub use password::change_password;
pub(crate) use password::guess_proof;
#[cfg(feature = "testing")]
pub use second_factor::code_at;
pub use second_factor::{begin_app, confirm_app, new_app, remove_app, second_factor};
pub(crate) use second_factor::{use_code, wrong as wrong_code};
