//! One's own account: details, password, sessions, theme.

pub mod api;
mod new_app;
mod page;
mod passkeys;
mod password;
mod second_factor;
mod sessions;
mod theme;

pub use new_app::NewAppPage;
pub use page::AccountPage;
pub use second_factor::SecondFactorPage;
pub use theme::{Chosen, ThemeSwitch};
