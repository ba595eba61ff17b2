//! One's own account: details, password, sessions, theme.

pub mod api;
mod theme;

pub use theme::{Chosen, Theme, ThemeSwitch};
