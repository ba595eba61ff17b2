//! The addresses of money: what is owed, invoiced and paid, for resellers and in the back office.

use domain::{
    AccountId, LicenseId, OptionId,
    billing::{CreditNoteNumber, InvoiceNumber, InvoicesQuery, Month, MonthQuery, PaymentNumber, PriceForm, Refunded},
    licenses::Upgraded,
    orders::State,
};

use leptos_router::location::Url;

use crate::ui::paths::with_query;

/// What the own account owes: balance, available credit, invoices, ledger (C5).
pub const BILLING: &str = "/billing";
/// The own invoices.
pub const INVOICES: &str = "/billing/invoices";
/// The own ledger.
pub const LEDGER: &str = "/billing/ledger";
/// The own ledger as a table.
pub const LEDGER_CSV: &str = "/billing/ledger.csv";
/// The own invoices as a table.
pub const INVOICES_CSV: &str = "/billing/invoices.csv";
/// The own invoices as they are printed.
pub const INVOICE_PDF: &str = "/billing/invoices/{number}/invoice.pdf";
/// The own credit notes as they are printed.
pub const CREDIT_NOTE_PDF: &str = "/billing/credit-notes/{number}/credit-note.pdf";
/// Paying for what is named in the address: licenses that were ticked, or invoices (B6).
pub const PAY: &str = "/billing/checkout";
/// Paying for everything that is overdue.
pub const PAY_OVERDUE: &str = "/billing/checkout?overdue=on";
/// A payment without an invoice (C6).
pub const TOP_UP: &str = "/billing/top-up";
/// The own payments.
pub const PAYMENTS: &str = "/billing/payments";
/// The own month.
pub const MONTH_END: &str = "/billing/month";
/// A month of the own account as a table.
pub const MONTH_END_CSV: &str = "/billing/month.csv";
/// The discount by which the own prices come about; there is no code to type (B6).
pub const COUPON: &str = "/billing/discount";
/// Where the own invoices go (A8).
pub const BILLING_DETAILS: &str = "/billing/details";
/// All invoices.
pub const OFFICE_INVOICES: &str = "/office/invoices";
/// All invoices as a table.
pub const OFFICE_INVOICES_CSV: &str = "/office/invoices.csv";
/// All invoices as they are printed.
pub const OFFICE_INVOICE_PDF: &str = "/office/invoices/{number}/invoice.pdf";
/// All credit notes as they are printed.
pub const OFFICE_CREDIT_NOTE_PDF: &str = "/office/credit-notes/{number}/credit-note.pdf";
/// Money that came in, and payments that wait for it (B7).
pub const OFFICE_PAYMENTS: &str = "/office/payments";
/// The month of all resellers.
pub const OFFICE_MONTH_END: &str = "/office/month";
/// A month of all resellers as a table.
pub const OFFICE_MONTH_END_CSV: &str = "/office/month.csv";
/// What the operator says once: bank, terms, reminders.
pub const SETTINGS: &str = "/office/settings";

/// One view of the own invoices.
pub fn invoices(view: &InvoicesQuery) -> String {
    with_query(INVOICES, &view.address())
}

/// All own invoices of a view as a table.
pub fn invoices_csv(view: &InvoicesQuery) -> String {
    with_query(INVOICES_CSV, &InvoicesQuery { after: None, ..*view }.address())
}

/// One view of all invoices.
pub fn office_invoices(view: &InvoicesQuery) -> String {
    with_query(OFFICE_INVOICES, &view.address())
}

/// All invoices of a view as a table.
pub fn office_invoices_csv(view: &InvoicesQuery) -> String {
    with_query(OFFICE_INVOICES_CSV, &InvoicesQuery { after: None, ..*view }.address())
}

/// The own ledger, from behind an entry.
pub fn ledger(after: Option<i64>) -> String {
    after.map_or_else(|| LEDGER.to_owned(), |after| format!("{LEDGER}?after={after}"))
}

/// An invoice of the own account.
pub fn invoice(number: InvoiceNumber) -> String {
    format!("{INVOICES}/{number}")
}

/// The same as it is printed.
pub fn invoice_pdf(number: InvoiceNumber) -> String {
    INVOICE_PDF.replace("{number}", &number.to_string())
}

/// A credit note of the own account, as it is printed.
pub fn credit_note_pdf(number: CreditNoteNumber) -> String {
    CREDIT_NOTE_PDF.replace("{number}", &number.to_string())
}

/// Paying an invoice.
pub fn pay_invoice(number: InvoiceNumber) -> String {
    format!("{PAY}?invoice={number}")
}

/// Paying for one license.
pub fn pay_license(id: LicenseId) -> String {
    format!("{PAY}?license={id}")
}

/// Adding licenses to the subscription of a license (B2).
pub fn add_licenses(id: LicenseId) -> String {
    format!("/licenses/{id}/add")
}

/// A payment of the own account that was begun: how it stands, and how to pay it.
pub fn payment(number: PaymentNumber) -> String {
    format!("{PAYMENTS}/{number}")
}

/// A month of the own account.
pub fn month_end(month: Month) -> String {
    format!("{MONTH_END}?month={}", month.word())
}

/// The same as a table.
pub fn month_end_csv(month: Month) -> String {
    format!("{MONTH_END_CSV}?month={}", month.word())
}

/// A month of all resellers, and a page of it.
pub fn office_month_end(month: Option<Month>, after: Option<i64>) -> String {
    with_query(OFFICE_MONTH_END, &MonthQuery { month, after }.address())
}

/// The month as a table, with all resellers.
pub fn office_month_end_csv(month: Month) -> String {
    format!("{OFFICE_MONTH_END_CSV}?month={}", month.word())
}

/// A month of one reseller.
pub fn office_account_month(id: AccountId, month: Month) -> String {
    format!("{OFFICE_MONTH_END}/{id}?month={}", month.word())
}

/// The same as a table.
pub fn office_account_month_csv(id: AccountId, month: Month) -> String {
    format!("/office/accounts/{id}/month.csv?month={}", month.word())
}

/// An invoice of any account.
pub fn office_invoice(number: InvoiceNumber) -> String {
    format!("{OFFICE_INVOICES}/{number}")
}

/// The same as it is printed.
pub fn office_invoice_pdf(number: InvoiceNumber) -> String {
    OFFICE_INVOICE_PDF.replace("{number}", &number.to_string())
}

/// A credit note of any account, as it is printed.
pub fn office_credit_note_pdf(number: CreditNoteNumber) -> String {
    OFFICE_CREDIT_NOTE_PDF.replace("{number}", &number.to_string())
}

/// A payment of any account.
pub fn office_payment(number: PaymentNumber) -> String {
    format!("{OFFICE_PAYMENTS}/{number}")
}

/// What an account owes, in the back office.
pub fn office_account_billing(id: AccountId) -> String {
    format!("/office/accounts/{id}/billing")
}

/// The ledger of an account as a table.
pub fn office_ledger_csv(id: AccountId) -> String {
    format!("/office/accounts/{id}/ledger.csv")
}

/// The same with its ledger from below `after`.
pub fn office_account_ledger(id: AccountId, after: Option<&str>) -> String {
    super::from(office_account_billing(id), after)
}

/// The same right after it was saved.
pub fn office_account_billing_saved(id: AccountId) -> String {
    format!("{}?done=saved", office_account_billing(id))
}

/// The settings right after they were saved.
pub fn settings_saved() -> String {
    format!("{SETTINGS}?done=saved")
}

/// The own billing details right after they were saved.
pub fn billing_details_saved() -> String {
    format!("{BILLING_DETAILS}?done=saved")
}

/// Crediting an invoice of any account.
pub fn office_credit_invoice(number: InvoiceNumber) -> String {
    format!("{}/credit", office_invoice(number))
}

/// Taking a license of any account back.
pub fn office_refund(id: LicenseId) -> String {
    format!("/office/licenses/{id}/refund")
}

/// The same once it was taken back.
pub fn office_refunded(id: LicenseId, done: Refunded) -> String {
    format!("{}?done={}", office_refund(id), done.word())
}

/// Changing the price of the subscription of a license of any account (P3).
pub fn office_price(id: LicenseId) -> String {
    format!("/office/licenses/{id}/price")
}

/// The same with what a price would do.
pub fn office_price_asked(id: LicenseId, asked: &PriceForm) -> String {
    let (price, from) = (Url::escape(asked.price.trim()), Url::escape(&asked.from));
    format!("{}?price={price}&from={from}", office_price(id))
}

/// The same once it was changed.
pub fn office_price_changed(id: LicenseId) -> String {
    format!("{}?done=changed", office_price(id))
}

/// Upgrading a trial of the own account.
pub fn upgrade(id: LicenseId) -> String {
    format!("{}/upgrade", super::license(id))
}

/// The page of a license once it was given back.
pub fn license_refunded(id: LicenseId, done: Refunded) -> String {
    format!("{}?done={}", super::license(id), done.word())
}

/// Where an upgrade leads: to the license, or to the order that is held.
pub fn upgraded(id: LicenseId, done: Upgraded) -> String {
    match done.state {
        State::Executed => format!("{}?done=upgraded", super::license(id)),
        State::Submitted | State::Canceled => super::order(done.order),
    }
}

/// Recording what one takes oneself for an option (P4).
pub fn resale_price(option: OptionId) -> String {
    format!("{}/{option}/resale-price", super::CATALOG)
}
