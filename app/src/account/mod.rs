//! One's own account: details, password, sessions, theme.

pub mod api;
mod page;
mod password;
mod sessions;
mod theme;

pub use page::AccountPage;
pub use theme::{Chosen, Theme, ThemeSwitch};
