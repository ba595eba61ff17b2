//! What Keyhouse is: the pure types, rules and forms that the browser and the server share.
//!
//! This crate reads no clock, draws no random number, awaits nothing and knows neither
//! Leptos nor SQL. A form arrives as strings, `check()` turns it into a type that cannot be
//! wrong, and nobody behind that line checks again. Rule ids such as `L7` refer to
//! `docs/rules.md`.

pub mod accounts;
pub mod actor;
pub mod applications;
pub mod audit;
pub mod billing;
pub mod contacts;
pub mod csv;
pub mod customers;
pub mod editions;
pub mod form;
pub mod ids;
pub mod licenses;
pub mod mail;
pub mod money;
pub mod orders;
pub mod policy;
pub mod price_lists;
pub mod products;
mod query;
pub mod refusal;
pub mod text;
pub mod ticks;
pub mod time;
mod words;

pub use actor::{Actor, Scope};
pub use form::{FieldErrors, FormKey};
pub use ids::*;
pub use money::{BasisPoints, Currency, Money};
pub use policy::{Deed, Role, Roles};
pub use refusal::Refusal;
pub use time::{Moment, Timestamp};
