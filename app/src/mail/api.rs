//! What the mail page asks the server.

use domain::mail;
use leptos::prelude::*;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::request;

/// One page of the outbox. Who may see mail.
#[server(endpoint = "mail/outbox")]
pub async fn outbox(#[server(default)] after: Option<String>) -> Result<mail::Outbox, Fault> {
    Ok(service::mail::outbox(&request::cx()?, after).await?)
}
