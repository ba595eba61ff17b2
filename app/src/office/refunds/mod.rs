//! Taking licenses back, and crediting invoices (B5, B9).

mod credit;
mod take_back;

pub use credit::CreditInvoicePage;
pub use take_back::TakeBackPage;
