//! Who is signed in, signing in, signing out.

pub mod api;
mod me;

pub use me::Me;
