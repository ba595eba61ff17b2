//! What the pages of invoices ask the server.

#[cfg(feature = "ssr")]
use crate::ui::request;
use crate::ui::{Fault, data::Wire};
use domain::billing::{BillingHome, InvoicePage, Invoices, InvoicesQuery, LedgerPage, OfficeInvoices};
use leptos::prelude::*;

/// What the own account owes. Who sees its billing.
#[server(endpoint = "billing/home", protocol = Wire)]
pub async fn home() -> Result<BillingHome, Fault> {
    Ok(service::billing::home(&request::cx()?).await?)
}

/// One page of the own ledger, from behind an entry. Who sees the account's billing.
#[server(endpoint = "billing/ledger", protocol = Wire)]
pub async fn ledger(#[server(default)] after: Option<i64>) -> Result<LedgerPage, Fault> {
    Ok(service::billing::ledger(&request::cx()?, after).await?)
}

/// One page of the account's invoices. Who sees its billing.
#[server(endpoint = "invoices/list", protocol = Wire)]
pub async fn list(#[server(default)] view: InvoicesQuery) -> Result<Invoices, Fault> {
    Ok(service::billing::invoices::list(&request::cx()?, &view).await?)
}

/// One invoice of the account. Who sees its billing.
#[server(endpoint = "invoices/find", protocol = Wire)]
pub async fn find(#[server(default)] number: String) -> Result<InvoicePage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::invoices::find(&cx, number).await?)
}

/// One page of the invoices of all resellers. Who sees invoices in the back office.
#[server(endpoint = "invoices/list_all", protocol = Wire)]
pub async fn list_all(#[server(default)] view: InvoicesQuery) -> Result<OfficeInvoices, Fault> {
    Ok(service::billing::invoices::list_all(&request::cx()?, &view).await?)
}

/// One invoice of any reseller. Who sees invoices in the back office.
#[server(endpoint = "invoices/find_any", protocol = Wire)]
pub async fn find_any(#[server(default)] number: String) -> Result<InvoicePage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::billing::invoices::find_any(&cx, number).await?)
}
