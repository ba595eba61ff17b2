//! Who is signed in, signing in, signing out.

pub mod api;
mod confirm;
mod login;
mod prove;

pub use confirm::ConfirmPage;
pub use login::LoginPage;
pub use prove::ProvePage;
