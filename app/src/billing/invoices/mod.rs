//! Invoices and the ledger: a reseller's own, and in the back office the invoices of everybody.

pub mod api;
mod home;
mod ledger;
mod list;
mod office;
mod office_list;
mod page;
mod parts;
mod rows;

pub use home::BillingPage;
pub use ledger::LedgerPage;
pub use list::InvoicesPage;
pub use office::OfficeInvoicePage;
pub use office_list::OfficeInvoicesPage;
pub use page::InvoicePage;
