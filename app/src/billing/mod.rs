//! Billing: what resellers owe, and how it is paid.

pub mod month;
