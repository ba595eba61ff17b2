//! What the pages of the audit log ask the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::audit::{AuditLog, AuditQuery, OwnHistory};
use leptos::prelude::*;

/// One page of the whole log. Who may see it.
#[server(endpoint = "audit/list", protocol = Wire)]
pub async fn list(#[server(default)] view: AuditQuery) -> Result<AuditLog, Fault> {
    Ok(service::audit::list(&request::cx()?, &view).await?)
}

/// One page of the own account's history. Who may see it.
#[server(endpoint = "audit/own", protocol = Wire)]
pub async fn own(#[server(default)] after: Option<String>) -> Result<OwnHistory, Fault> {
    Ok(service::audit::own(&request::cx()?, after.as_deref()).await?)
}
