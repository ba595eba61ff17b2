//! Billing: what resellers owe, and how it is paid.

pub mod month;
//! The pages of money: what runs, what is owed, invoiced and paid.

pub mod subscriptions;
