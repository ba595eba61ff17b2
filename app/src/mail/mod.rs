//! The outbox, for the owner (X2). A lazy route: its program is fetched when it is opened.

pub mod api;
mod outbox;

pub use outbox::MailRoute;
