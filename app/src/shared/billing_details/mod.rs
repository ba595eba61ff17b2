//! Where the own invoices go (A8).

pub mod api;
mod page;

pub use page::BillingDetailsPage;
