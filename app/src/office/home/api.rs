//! What the home of the staff asks the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::accounts::OfficeHome;
use leptos::prelude::*;

/// What waits for somebody. Who sees the back office; each part for those who may see it.
#[server(endpoint = "office/home", protocol = Wire)]
pub async fn home() -> Result<OfficeHome, Fault> {
    Ok(service::office::home(&request::cx()?).await?)
}
