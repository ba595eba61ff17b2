//! What the first page asks the server.

use domain::licenses::ResellerHome;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use ui::request;
use ui::{Fault, data::Wire};

/// The reseller's home. Who may see the catalog.
#[server(endpoint = "home/reseller", protocol = Wire)]
pub async fn reseller() -> Result<ResellerHome, Fault> {
    Ok(service::home::reseller(&request::cx()?).await?)
}
