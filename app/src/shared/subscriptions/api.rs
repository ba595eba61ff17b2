//! What the pages of subscriptions ask the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::billing::{self, PriceForm, PricePage, QuantityForm};
use leptos::prelude::*;

/// What more licenses would come to today. Who changes licenses.
#[server(endpoint = "subscriptions/more", protocol = Wire)]
pub async fn more(
    #[server(default)] id: String,
    #[server(flatten)] form: QuantityForm,
) -> Result<billing::More, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::subscriptions::more(&cx, id, &form).await?)
}

/// Adds licenses in mid-term, at the total that was shown. Who changes licenses.
#[server(endpoint = "subscriptions/add", protocol = Wire)]
pub async fn add(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] total: String,
    #[server(flatten)] form: QuantityForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let seen = total.parse().map_err(|_| domain::Refusal::FormUnknown)?;
    let key = request::form_key(&idempotency_key)?;
    let order = service::billing::subscriptions::add(&cx, key, id, &form, seen).await?;
    request::redirect(&paths::created(order));
    Ok(())
}

/// Sets how many licenses are renewed. Who changes licenses.
#[server(endpoint = "subscriptions/renew", protocol = Wire)]
pub async fn renew(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: QuantityForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::billing::subscriptions::renew(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::license_saved(id));
    Ok(())
}

/// Ends a subscription with its period. Who changes licenses.
#[server(endpoint = "subscriptions/cancel", protocol = Wire)]
pub async fn cancel(#[server(default)] idempotency_key: String, #[server(default)] id: String) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::billing::subscriptions::cancel(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::license_saved(id));
    Ok(())
}

/// Takes the cancellation back. Who changes licenses.
#[server(endpoint = "subscriptions/go_on", protocol = Wire)]
pub async fn go_on(#[server(default)] idempotency_key: String, #[server(default)] id: String) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::billing::subscriptions::go_on(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::license_saved(id));
    Ok(())
}

/// A subscription of any account, and what another price would do. Who sets the prices of subscriptions.
#[server(endpoint = "subscriptions/price", protocol = Wire)]
pub async fn price(#[server(default)] id: String, #[server(flatten)] form: PriceForm) -> Result<PricePage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::subscriptions::price(&cx, id, form).await?)
}

/// Shows what another price would do. Who sets the prices of subscriptions.
#[server(endpoint = "subscriptions/ask_price", protocol = Wire)]
pub async fn ask_price(#[server(default)] id: String, #[server(flatten)] form: PriceForm) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::billing::subscriptions::ask(&cx, id, &form).await?;
    request::redirect(&paths::office_price_asked(id, &form));
    Ok(())
}

/// Changes the price of a subscription, as it was shown (P3). Who sets the prices of subscriptions.
#[server(endpoint = "subscriptions/reprice", protocol = Wire)]
pub async fn reprice(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] seen: String,
    #[server(flatten)] form: PriceForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let key = request::form_key(&idempotency_key)?;
    service::billing::subscriptions::reprice(&cx, key, id, &form, &seen).await?;
    request::redirect(&paths::office_price_changed(id));
    Ok(())
}
