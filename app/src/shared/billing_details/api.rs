//! What the page of the own billing details asks the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::accounts::{BillingAddressForm, OwnBilling};
use leptos::prelude::*;

/// The own billing details. Who may pay.
#[server(endpoint = "billing/details", protocol = Wire)]
pub async fn details() -> Result<OwnBilling, Fault> {
    Ok(service::accounts::own_billing(&request::cx()?).await?)
}

/// Changes the own billing details. Who may pay.
#[server(endpoint = "billing/save_details", protocol = Wire)]
pub async fn save_details(
    #[server(default)] idempotency_key: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: BillingAddressForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    service::accounts::save_own_billing(&cx, key, request::edition(&edition), &form).await?;
    request::redirect_plain_form(&paths::billing_details_saved());
    Ok(())
}
