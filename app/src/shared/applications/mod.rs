//! Applying to become a reseller (A3): the public form, and what is asked of applications.

pub mod api;
mod apply;

pub use apply::ApplyPage;
