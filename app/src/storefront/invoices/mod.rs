//! A reseller's own invoices, and its ledger.

mod home;
mod ledger;
mod list;
mod page;

pub use home::BillingPage;
pub use ledger::LedgerPage;
pub use list::InvoicesPage;
pub use page::InvoicePage;
