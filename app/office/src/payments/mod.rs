//! Paying the operator (B6, B7, C6): the checkout, the page of a payment, top-up; and in the back office the money that came in.

mod dry_run;
mod office;
mod office_list;
mod receipt;
mod receipts;
mod record;

pub use dry_run::{DryRunPage, TablePage};
pub use office::OfficePaymentPage;
pub use office_list::OfficePaymentsPage;
pub use receipt::ReceiptPage;
pub use receipts::ReceiptsPage;
pub use record::RecordPage;
