//! The pages of money: what runs, what is owed, invoiced and paid.

pub mod month;
pub mod subscriptions;
