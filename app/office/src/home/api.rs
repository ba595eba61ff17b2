//! What the home of the staff asks the server.

use domain::accounts::OfficeHome;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use ui::request;
use ui::{Fault, data::Wire};

/// What waits for somebody. Who sees the back office; each part for those who may see it.
#[server(endpoint = "office/home", protocol = Wire)]
pub async fn home() -> Result<OfficeHome, Fault> {
    Ok(service::office::home(&request::cx()?).await?)
}
