//! The outbox, for staff (X2).

pub(crate) mod api;
mod outbox;
mod rows;

pub use outbox::MailPage;
