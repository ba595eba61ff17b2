//! The money that came in, and the payments that were begun (B6, B7).

mod dry_run;
mod office;
mod office_list;
mod receipt;
mod receipts;
mod record;

pub use self::office::OfficePaymentPage;
pub use dry_run::{DryRunPage, TablePage};
pub use office_list::OfficePaymentsPage;
pub use receipt::ReceiptPage;
pub use receipts::ReceiptsPage;
pub use record::RecordPage;
