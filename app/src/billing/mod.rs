//! The pages of money: what runs, what is owed, invoiced and paid, given back, and how it is billed.

pub mod details;
pub mod invoices;
pub mod month;
pub mod office;
pub mod payments;
pub mod refunds;
pub mod subscriptions;
