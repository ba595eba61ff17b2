//! The addresses of receipts, and of paying for many licenses at once.

use domain::{
    DraftId, LicenseId, ReceiptId,
    billing::{PaymentsQuery, ReceiptsQuery, ToPayForm},
};

use crate::ui::paths::{
    billing::{OFFICE_PAYMENTS, PAY, PAYMENTS},
    with_query,
};

/// Recording money that came in.
pub const RECORD: &str = "/office/payments/record";
/// Recording it from the bank's table.
pub const RECEIPTS_IMPORT: &str = "/office/payments/import";
/// Where the table is sent to.
pub const RECEIPTS_UPLOAD: &str = "/office/payments/upload";
/// The payments that resellers began.
pub const OFFICE_BEGUN: &str = "/office/payments/begun";

/// The licenses for which the operator was not paid yet.
pub const PENDING_LICENSES: &str = "/licenses?payment=pending";
/// The own invoices of which something is open.
pub const UNPAID_INVOICES: &str = "/billing/invoices?filter=unpaid";

/// Paying for licenses that were ticked.
pub fn pay_licenses(ids: &[LicenseId]) -> String {
    format!("{PAY}?license={}", ToPayForm::of_licenses(ids).license)
}

/// Paying for the same again.
pub fn pay_again(asked: &ToPayForm) -> String {
    match (asked.overdue.as_str(), asked.invoice.as_str()) {
        ("on", _) => format!("{PAY}?overdue=on"),
        (_, "") => format!("{PAY}?license={}", asked.license),
        (_, invoice) => format!("{PAY}?invoice={invoice}"),
    }
}

/// A page of the own payments.
pub fn payments(view: &PaymentsQuery) -> String {
    with_query(PAYMENTS, &view.address())
}

/// A page of the payments of all resellers.
pub fn office_begun(view: &PaymentsQuery) -> String {
    with_query(OFFICE_BEGUN, &view.address())
}

/// A page of receipts.
pub fn office_receipts(view: &ReceiptsQuery) -> String {
    with_query(OFFICE_PAYMENTS, &view.address())
}

/// One receipt.
pub fn office_receipt(id: ReceiptId) -> String {
    format!("{OFFICE_PAYMENTS}/receipts/{id}")
}

/// The dry run of a table.
pub fn receipts_check(draft: DraftId) -> String {
    format!("{RECEIPTS_IMPORT}/{draft}")
}
