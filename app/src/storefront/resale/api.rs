//! What the page of a resale price asks the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::price_lists::{ResaleForm, ResalePage};
use leptos::prelude::*;

/// An option with the resale price that is recorded. Who records resale prices.
#[server(endpoint = "resale_prices/find", protocol = Wire)]
pub async fn find(#[server(default)] option: String) -> Result<ResalePage, Fault> {
    let (cx, option) = (request::cx()?, option.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::products::resale_page(&cx, option).await?)
}

/// Records it, or takes it away (P4). Who records resale prices.
#[server(endpoint = "resale_prices/set", protocol = Wire)]
pub async fn set(
    #[server(default)] idempotency_key: String,
    #[server(default)] option: String,
    #[server(flatten)] form: ResaleForm,
) -> Result<(), Fault> {
    let (cx, option) = (request::cx()?, option.parse().map_err(|_| Fault::NotFound)?);
    service::products::set_resale(&cx, request::form_key(&idempotency_key)?, option, &form).await?;
    request::redirect(paths::CATALOG);
    Ok(())
}
