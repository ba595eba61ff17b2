//! What the pages of a month ask the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::billing::{MonthPage, MonthQuery, OfficeMonths};
use leptos::prelude::*;

/// A month of the own account. Who sees what it owes.
#[server(endpoint = "month_ends/own", protocol = Wire)]
pub async fn own(#[server(default)] view: MonthQuery) -> Result<MonthPage, Fault> {
    Ok(service::billing::month::own(&request::cx()?, &view).await?)
}

/// A page of all resellers with a month each. Who sees what resellers owe.
#[server(endpoint = "month_ends/list", protocol = Wire)]
pub async fn list(#[server(default)] view: MonthQuery) -> Result<OfficeMonths, Fault> {
    Ok(service::billing::month::list(&request::cx()?, &view).await?)
}

/// A month of one reseller. Who sees what resellers owe.
#[server(endpoint = "month_ends/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String, #[server(default)] view: MonthQuery) -> Result<MonthPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::month::find(&cx, id, &view).await?)
}
