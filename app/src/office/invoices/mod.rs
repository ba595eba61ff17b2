//! The invoices of everybody.

mod office;
mod office_list;

pub use self::office::OfficeInvoicePage;
pub use office_list::OfficeInvoicesPage;
