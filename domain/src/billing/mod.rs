//! Billing: what is charged when, what is owed, and how it is settled (B1 to B9, C1 to C8).
//!
//! Days are calendar days in the account's time zone; the service makes them of times. Amounts are minor units of one
//! currency (P5). Everything here is a function of what it is given, and never looks at a clock.

mod account_terms;
mod charge;
mod collect;
mod credit;
mod credit_note;
mod credit_views;
mod cycle;
mod iban;
mod invoice;
mod invoice_views;
mod ledger;
mod letterhead;
mod month;
mod month_end;
mod numbers;
mod office_views;
mod overdue;
mod pay;
mod paying;
mod payment;
mod prorate;
mod reasons;
mod receipts;
mod refund;
mod reminders;
mod renewal;
mod reprice;
mod schedule;
mod settings;
mod settings_form;
mod settle;
mod subscribed;
mod subscription;
mod taxed;
mod top_up;

pub use account_terms::{AccountTerms, AccountTermsForm};
pub use charge::Charge;
pub use collect::{Collected, InvoicePer, ToInvoice, collect};
pub use credit::{Available, Credit, Decision, Shortfall};
pub use credit_note::{CreditError, CreditLine, CreditNote};
pub use credit_views::{CreditPage, CreditableLine, GiveBack, Given, RefundPage};
pub use cycle::{Cycle, Every, Period};
pub use invoice::{Invoice, InvoiceError, InvoiceLine, InvoiceState, TaxLine};
pub use invoice_views::{
    BillingHome, InvoiceFilter, InvoicePage, InvoiceRow, Invoices, InvoicesQuery, LedgerPage, LedgerRow,
    OfficeInvoices, ShownCredit, ShownLine,
};
pub use ledger::{Balance, Entry, EntryKind};
pub use letterhead::{BankDetails, Letterhead, Party};
pub use month::Month;
pub use month_end::{
    Fact, MonthEnd, MonthPage, MonthQuery, MonthTotal, OfficeMonth, OfficeMonths, OpenFact, Spend, Tally, What, spend,
};
pub use numbers::{CreditNoteNumber, InvoiceNumber, NotANumber, PaymentNumber, Reference, ReferenceError};
pub use office_views::{AccountBilling, AccountEntry};
pub use overdue::{Overdue, days_late, overdue};
pub use pay::{Checkout, Payable};
pub use paying::{
    CancelForm, CheckoutPage, Discount, Dry, DryReceipt, DryRun, Method, PaidFor, PayForm, PaymentPage, PaymentRow,
    Payments, PaymentsQuery, Purpose, ReceiptPage, ReceiptRow, Receipts, ReceiptsQuery, ReceiptsShown, ToPay,
    ToPayForm, TopUpPage, Waits, Whose,
};
pub use payment::{GivenBack, Heard, News, PaymentState};
pub use prorate::Part;
pub use reasons::{CreditForm, REASON_MOST, ToCredit};
pub use receipts::{RECEIPTS_MOST, Receipt, ReceiptColumn, ReceiptForm, ReceiptLine, read_receipts};
pub use refund::{Purchase, REFUND_DAYS, Refund, RefundForm, Refunded};
pub use reminders::{REMINDERS_MOST, Reminder, RemindersForm, remind};
pub use reprice::{NewPrice, PriceForm, PriceFrom, PricePage, PricePreview, Repriced, Reprices, Running};
pub use schedule::{OptionBilling, Proration, Schedule, Timing};
pub use settings::BillingSettings;
pub use settings_form::{BillingSettingsForm, BillingSettingsPage};
pub use settle::{Open, Settlement, open_amount, settle};
pub use subscribed::{More, NextCharge, QuantityForm, Subscribed};
pub use subscription::{Subscription, Terms};
pub use taxed::Taxed;
pub use top_up::{TopUpForm, may_top_up};

#[cfg(test)]
mod story;
