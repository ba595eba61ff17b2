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

pub use checkout::CheckoutRoute;
pub use discount::DiscountRoute;
pub use dry_run::{DryRunRoute, TableRoute};
pub use list::PaymentsRoute;
pub(super) use method::PayLink;
pub use office::OfficePaymentRoute;
pub use office_list::OfficePaymentsRoute;
pub use page::PaymentRoute;
pub use receipt::ReceiptRoute;
pub use receipts::ReceiptsRoute;
pub use record::RecordRoute;
pub use top_up::TopUpRoute;
