//! The outbox, for staff (X2). A lazy route: its program is fetched when it is opened.

pub mod api;
mod outbox;
mod rows;

pub use outbox::MailRoute;
