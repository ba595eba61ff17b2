//! What the pages of payments and receipts ask the server. The service says who may.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::billing::{
    self, CancelForm, CheckoutPage, PayForm, PaymentPage, Payments, PaymentsQuery, ReceiptForm, ReceiptPage,
    ReceiptsQuery, ToPayForm, Whose,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use service::billing::payments;

/// What is to be paid. Who pays.
#[server(endpoint = "payments/checkout", protocol = Wire)]
pub async fn checkout(#[server(default)] asked: ToPayForm) -> Result<CheckoutPage, Fault> {
    Ok(payments::checkout(&request::cx()?, &asked).await?)
}

/// Begins a payment for licenses or invoices. Who pays.
#[server(endpoint = "payments/begin", protocol = Wire)]
pub async fn begin(#[server(default)] idempotency_key: String, #[server(flatten)] form: PayForm) -> Result<(), Fault> {
    let cx = request::cx()?;
    let number = payments::begin(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect(&paths::payment(number));
    Ok(())
}

/// What can be ordered for, before a top-up. Who pays.
#[server(endpoint = "payments/top_up_page", protocol = Wire)]
pub async fn top_up_page() -> Result<billing::TopUpPage, Fault> {
    Ok(payments::top_up_page(&request::cx()?).await?)
}

/// Begins a top-up. Who pays.
#[server(endpoint = "payments/top_up", protocol = Wire)]
pub async fn top_up(
    #[server(default)] idempotency_key: String,
    #[server(default)] amount: String,
    #[server(default)] method: String,
) -> Result<(), Fault> {
    let (cx, form) = (request::cx()?, billing::TopUpForm { amount });
    let number = payments::top_up(&cx, request::form_key(&idempotency_key)?, &form, &method).await?;
    request::redirect(&paths::payment(number));
    Ok(())
}

/// One page of the account's payments. Who sees what it owes.
#[server(endpoint = "payments/list", protocol = Wire)]
pub async fn list(#[server(default)] view: PaymentsQuery) -> Result<Payments, Fault> {
    Ok(payments::list(&request::cx()?, &view).await?)
}

/// One payment of the account. Who sees what it owes.
#[server(endpoint = "payments/find", protocol = Wire)]
pub async fn find(#[server(default)] number: String) -> Result<PaymentPage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(payments::find(&cx, number).await?)
}

/// Cancels a payment of the account. Who pays.
#[server(endpoint = "payments/cancel", protocol = Wire)]
pub async fn cancel(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    payments::cancel(&cx, request::form_key(&idempotency_key)?, number).await?;
    request::redirect_plain_form(&paths::payment(number));
    Ok(())
}

/// Asks once more for the page of a payment by card. Who pays.
#[server(endpoint = "payments/open_page", protocol = Wire)]
pub async fn open_page(#[server(default)] number: String) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    payments::open_page(&cx, number).await?;
    request::redirect_plain_form(&paths::payment(number));
    Ok(())
}

/// The discount in the account's prices. Who sees what it owes.
#[server(endpoint = "payments/discount", protocol = Wire)]
pub async fn discount() -> Result<billing::Discount, Fault> {
    Ok(payments::discount(&request::cx()?).await?)
}

/// One page of the payments of all resellers. Who sees what they owe.
#[server(endpoint = "payments/list_all", protocol = Wire)]
pub async fn list_all(#[server(default)] view: PaymentsQuery) -> Result<Payments, Fault> {
    Ok(payments::list_all(&request::cx()?, &view).await?)
}

/// One payment of any reseller. Who sees what they owe.
#[server(endpoint = "payments/find_any", protocol = Wire)]
pub async fn find_any(#[server(default)] number: String) -> Result<PaymentPage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(payments::find_any(&cx, number).await?)
}

/// Cancels a payment of any reseller, and tells who began it why. Who records money.
#[server(endpoint = "payments/cancel_any", protocol = Wire)]
pub async fn cancel_any(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(flatten)] form: CancelForm,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    payments::cancel_any(&cx, request::form_key(&idempotency_key)?, number, &form).await?;
    request::redirect_plain_form(&paths::office_payment(number));
    Ok(())
}

/// Says what was done about an odd payment. Who records money.
#[server(endpoint = "payments/solve", protocol = Wire)]
pub async fn solve(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(default)] note: String,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    payments::solve(&cx, request::form_key(&idempotency_key)?, number, &note).await?;
    request::redirect_plain_form(&paths::office_payment(number));
    Ok(())
}

/// One page of receipts. Who sees what resellers owe.
#[server(endpoint = "receipts/list", protocol = Wire)]
pub async fn receipts(#[server(default)] view: ReceiptsQuery) -> Result<billing::Receipts, Fault> {
    Ok(payments::receipts(&request::cx()?, &view).await?)
}

/// One receipt, and the accounts that a search finds. Who sees what resellers owe.
#[server(endpoint = "receipts/find", protocol = Wire)]
pub async fn find_receipt(#[server(default)] id: String, #[server(default)] q: String) -> Result<ReceiptPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(payments::find_receipt(&cx, id, &q).await?)
}

/// Records money that came in. Who records money.
#[server(endpoint = "receipts/record", protocol = Wire)]
pub async fn record(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: ReceiptForm,
) -> Result<(), Fault> {
    let cx = request::cx()?;
    let id = payments::record(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect(&paths::office_receipt(id));
    Ok(())
}

/// Says whose a receipt is. Who records money.
#[server(endpoint = "receipts/assign", protocol = Wire)]
pub async fn assign(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: Whose,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    payments::assign(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::office_receipt(id));
    Ok(())
}

/// Takes a receipt back. Who records money.
#[server(endpoint = "receipts/take_back", protocol = Wire)]
pub async fn take_back(#[server(default)] idempotency_key: String, #[server(default)] id: String) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    payments::take_back(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::office_receipt(id));
    Ok(())
}

/// What would become of the bank's table. Who records money, and sent that table.
#[server(endpoint = "receipts/dry_run", protocol = Wire)]
pub async fn dry_run(#[server(default)] draft: String) -> Result<billing::DryRun, Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    Ok(payments::dry_run(&cx, draft).await?)
}

/// Records the receipts of a table; the draft's id is the key of the form (O2). Who records money, and sent that table.
#[server(endpoint = "receipts/import", protocol = Wire)]
pub async fn import(#[server(default)] idempotency_key: String) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    payments::import(&cx, key).await?;
    request::redirect_plain_form(&format!("{}/{key}", paths::RECEIPTS_IMPORT));
    Ok(())
}
