//! Accounts in the back office: list, form, and the page of one with its parts.

mod tabs;

pub use tabs::AccountTabs;
