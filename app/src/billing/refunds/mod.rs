//! Giving licenses back, and crediting invoices (B5, B9).

pub mod api;
mod card;
mod credit;
mod take_back;

pub use card::GiveBackCard;
pub use credit::CreditInvoicePage;
pub use take_back::TakeBackPage;
