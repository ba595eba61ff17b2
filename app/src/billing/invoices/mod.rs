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

pub use home::BillingRoute;
pub use ledger::LedgerRoute;
pub use list::InvoicesRoute;
pub use office::OfficeInvoiceRoute;
pub use office_list::OfficeInvoicesRoute;
pub use page::InvoiceRoute;
