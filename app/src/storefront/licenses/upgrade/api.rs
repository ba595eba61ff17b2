//! What the page of an upgrade asks the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::licenses::{UpgradeForm, UpgradePage, Upgraded};
use leptos::prelude::*;

/// A trial, and what it can become. Who changes licenses.
#[server(endpoint = "licenses/upgrades", protocol = Wire)]
pub async fn upgrades(#[server(default)] id: String) -> Result<UpgradePage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::licenses::upgrades(&cx, id).await?)
}

/// Orders the upgrade (L5). Who changes licenses.
#[server(endpoint = "licenses/upgrade", protocol = Wire)]
pub async fn upgrade(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: UpgradeForm,
) -> Result<Upgraded, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let done = service::licenses::upgrade(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect(&paths::upgraded(id, done));
    Ok(done)
}
