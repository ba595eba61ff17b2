//! Billing: what resellers owe, and how it is paid.

pub mod month;
//! Billing: what comes due by itself, and what is changed about it (B1 to B4, P3).

pub mod recur;
pub mod subscriptions;
