//! What the pages of giving back ask the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::billing::{CreditForm, CreditNoteNumber, CreditPage, RefundForm, RefundPage, Refunded};
use leptos::prelude::*;

/// Gives a license of the account back (B9). Who changes licenses.
#[server(endpoint = "licenses/refund", protocol = Wire)]
pub async fn refund(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: RefundForm,
) -> Result<Refunded, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let done = service::billing::refunds::refund(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::license_refunded(id, done));
    Ok(done)
}

/// A license of any account, and what taking it back does. Who credits invoices.
#[server(endpoint = "refunds/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<RefundPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::refunds::page(&cx, id).await?)
}

/// Takes a license of any account back (B9). Who credits invoices.
#[server(endpoint = "refunds/take_back", protocol = Wire)]
pub async fn take_back(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: RefundForm,
) -> Result<Refunded, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let done = service::billing::refunds::refund_any(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::office_refunded(id, done));
    Ok(done)
}

/// An invoice with what is left of its lines. Who credits invoices.
#[server(endpoint = "credit_notes/find", protocol = Wire)]
pub async fn invoice(#[server(default)] number: String) -> Result<CreditPage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::credit_notes::page(&cx, number).await?)
}

/// Credits the ticked lines of an invoice (B5). Who credits invoices.
#[server(endpoint = "credit_notes/issue", protocol = Wire)]
pub async fn credit(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(flatten)] form: CreditForm,
) -> Result<CreditNoteNumber, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    let key = request::form_key(&idempotency_key)?;
    let note = service::billing::credit_notes::credit(&cx, key, number, &form).await?;
    request::redirect_plain_form(&paths::office_credit_invoice(number));
    Ok(note)
}
