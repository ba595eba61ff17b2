//! The tabs of an account in the back office.

mod tabs;

pub use tabs::AccountTabs;
