//! Who is signed in, signing in, signing out.

pub mod api;
mod login;
mod me;

pub use login::LoginPage;
pub use me::Me;
