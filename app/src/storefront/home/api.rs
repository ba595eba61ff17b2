//! What the first page asks the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::licenses::ResellerHome;
use leptos::prelude::*;

/// The reseller's home. Who may see the catalog.
#[server(endpoint = "home/reseller", protocol = Wire)]
pub async fn reseller() -> Result<ResellerHome, Fault> {
    Ok(service::home::reseller(&request::cx()?).await?)
}
