//! What is done in Keyhouse: one function per deed, one transaction each.
//!
//! A deed reads: check, begin, load in scope, may, the domain decides, save, audit, outbox,
//! commit. This crate knows no HTTP and writes no SQL. See `docs/adding-a-feature.md`.

pub mod accounts;
pub mod afterwards;
pub mod applications;
pub mod audit;
pub mod billing;
pub mod card;
pub mod cleanup;
pub mod clock;
mod closing;
pub mod contacts;
pub mod counts;
pub mod customers;
mod cx;
pub mod demo;
pub mod drafts;
mod editions;
mod error;
pub mod export;
mod hashing;
pub mod home;
pub mod idempotency;
mod ledger;
pub mod licenses;
mod limiter;
pub mod live;
pub mod mail;
pub mod moment;
pub mod network;
pub mod office;
pub mod orders;
pub mod price_lists;
pub mod products;
mod queue;
pub mod random;
pub mod returned;
pub mod sealing;
pub mod security_log;
pub mod sessions;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod verify;

pub use closing::Closing;
pub use cx::{Cx, Origin, Service, Settings};
pub use error::{AGAIN_SECONDS, Error};
