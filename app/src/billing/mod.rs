//! The pages of money: what runs, what is owed, invoiced and paid, and how it is billed.

pub mod details;
pub mod month;
pub mod office;
pub mod subscriptions;
//! The money side: licenses that are given back, and invoices that are credited.

pub mod refunds;
