//! People coming in: the page behind the link of an invitation.

mod activate;
pub mod api;

pub use activate::ActivatePage;
