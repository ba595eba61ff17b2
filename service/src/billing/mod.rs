//! Billing: what comes due by itself, what resellers owe, and how it is paid (B1 to B9, C6 to C8).

pub mod month;
pub mod recur;
pub mod subscriptions;
