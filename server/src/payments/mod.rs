//! How the operator is paid (B7): each way that needs somebody outside has a folder here, as mail has its own.
//!
//! `service::card` says what the deeds ask of it. Bank transfers need nobody: they live by their reference
//! (`domain::billing::Reference`) and by what finance records.

pub mod looking;
pub mod stripe;
