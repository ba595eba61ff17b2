//! Invoices.

mod issue;

pub(crate) use issue::issue_now;
