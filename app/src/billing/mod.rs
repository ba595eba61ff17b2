//! The pages of money: what runs, what is owed, invoiced and paid.

pub mod month;
pub mod subscriptions;
//! Billing: what is owed, and how it is billed.

pub mod details;
pub mod office;
