//! Invoices and the ledger: a reseller's own, and in the back office the invoices of everybody.

mod office;
mod office_list;

pub use office::OfficeInvoicePage;
pub use office_list::OfficeInvoicesPage;
