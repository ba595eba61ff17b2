//! Invoices and the ledger: a reseller's own, and in the back office the invoices of everybody.

mod home;
mod ledger;
mod list;
mod page;

pub use home::BillingPage;
pub use ledger::LedgerPage;
pub use list::InvoicesPage;
pub use page::InvoicePage;
