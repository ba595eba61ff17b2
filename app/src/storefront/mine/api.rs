//! What an end customer's pages ask the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::licenses::{CustomerLicense, CustomerRow};
use leptos::prelude::*;

/// One page of one's own licenses, and where the next starts. Who may see own licenses.
#[server(endpoint = "licenses/mine", protocol = Wire)]
pub async fn mine(#[server(default)] after: Option<String>) -> Result<(Vec<CustomerRow>, Option<String>), Fault> {
    Ok(service::licenses::mine(&request::cx()?, after).await?)
}

/// One of one's own licenses. Who may see own licenses.
#[server(endpoint = "licenses/find_mine", protocol = Wire)]
pub async fn find_mine(#[server(default)] id: String) -> Result<CustomerLicense, Fault> {
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    Ok(service::licenses::find_mine(&request::cx()?, id).await?)
}
