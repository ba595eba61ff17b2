//! People: how they come in by the links of our mails, and how others see and change them.

mod activate;
pub mod api;
mod forgot;
pub mod people;
mod reset;

pub use activate::ActivatePage;
pub use forgot::ForgotPage;
pub use reset::ResetPage;
