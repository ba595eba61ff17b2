//! What these pages ask the server. The service says who may.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::billing::{AccountBilling, AccountTermsForm, BillingSettingsForm, BillingSettingsPage};
use leptos::prelude::*;

/// The operator's settings of billing. Who sets billing.
#[server(endpoint = "billing/settings", protocol = Wire)]
pub async fn settings() -> Result<BillingSettingsPage, Fault> {
    Ok(service::billing::settings(&request::cx()?).await?)
}

/// Changes them. Who sets billing.
#[server(endpoint = "billing/save_settings", protocol = Wire)]
pub async fn save_settings(
    #[server(default)] idempotency_key: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: BillingSettingsForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    service::billing::save_settings(&cx, key, request::edition(&edition), &form).await?;
    request::redirect_plain_form(&paths::settings_saved());
    Ok(())
}

/// The billing of an account, with a part of its ledger. Who sees invoices.
#[server(endpoint = "accounts/billing", protocol = Wire)]
pub async fn billing(
    #[server(default)] id: String,
    #[server(default)] after: Option<String>,
) -> Result<AccountBilling, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::accounts::billing(&cx, id, after.as_deref()).await?)
}

/// Sets how an account is billed. Who sets billing.
#[server(endpoint = "accounts/set_terms", protocol = Wire)]
pub async fn set_terms(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: AccountTermsForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::accounts::set_terms(&cx, key, id, edition, &form).await?;
    request::redirect_plain_form(&paths::office_account_billing_saved(id));
    Ok(())
}
