//! What the first page asks the server.

use domain::licenses::ResellerHome;
use leptos::prelude::*;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::request;

/// The reseller's home. Who may see the catalog.
#[server(endpoint = "home/reseller")]
pub async fn reseller() -> Result<ResellerHome, Fault> {
    Ok(service::home::reseller(&request::cx()?).await?)
}
