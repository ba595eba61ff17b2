//! The people of an account: who they are, how they get in, what they may.

mod activate;
mod add;
mod edit;
mod export;
mod guessable;
mod help;
mod hold;
mod links;
mod list;
pub(crate) mod names;
mod owner;
mod passkeys;
mod password;
mod reset;
mod roles;
mod rule;
mod second_factor;
mod sessions;
mod take;
mod whose;

pub(crate) use activate::{Invitations, invite};
pub use activate::{activate, ask_new_link, invitation};
pub use add::{add, add_to_own};
pub use edit::edit;
pub use export::{COLUMNS, export};
pub(crate) use guessable::{guess_proof, guess_proof_by};
pub use help::{copy_link, deactivate, reactivate, resend_link, send_reset, unlock};
pub use list::{find, list};
pub use owner::make_owner;
pub(crate) use owner::save_owner;
pub use passkeys::{begin_passkey, finish_passkey, remove_passkey};
pub(crate) use passkeys::{challenge, proves};
pub use password::change_password;
pub use reset::{forgot, reset, reset_shown};
pub use roles::set_roles;
pub use rule::require_second_factor;
pub(crate) use rule::rule;
#[cfg(feature = "testing")]
pub use second_factor::code_at;
pub use second_factor::{begin_app, confirm_app, new_app, remove_app, second_factor, sweep_apps};
pub(crate) use second_factor::{use_code, wrong as wrong_code};
pub use sessions::end_sessions;
pub use take::take_second_factor;
