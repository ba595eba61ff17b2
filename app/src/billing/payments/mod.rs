//! Paying the operator (B6, B7, C6): the checkout, the page of a payment, top-up; and in the back office the money that came in.

pub mod api;
mod checkout;
mod discount;
mod dry_run;
mod list;
mod method;
mod office;
mod office_list;
mod page;
mod receipt;
mod receipts;
mod record;
mod top_up;

pub use checkout::CheckoutPage;
pub use discount::DiscountPage;
pub use dry_run::{DryRunPage, TablePage};
pub use list::PaymentsPage;
pub(super) use method::PayLink;
pub use office::OfficePaymentPage;
pub use office_list::OfficePaymentsPage;
pub use page::PaymentPage;
pub use receipt::ReceiptPage;
pub use receipts::ReceiptsPage;
pub use record::RecordPage;
pub use top_up::TopUpPage;
