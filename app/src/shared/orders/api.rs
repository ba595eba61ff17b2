//! What the pages of orders ask the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::orders::{self, HeldForm, OfficeOrder, OfficeOrders, OrderPage, OrdersQuery};
use leptos::prelude::*;

/// One page of the account's orders. Who sees licenses.
#[server(endpoint = "orders/list", protocol = Wire)]
pub async fn list(#[server(default)] view: OrdersQuery) -> Result<orders::Orders, Fault> {
    Ok(service::orders::list(&request::cx()?, &view).await?)
}

/// One order of the account. Who sees licenses.
#[server(endpoint = "orders/find", protocol = Wire)]
pub async fn find(#[server(default)] number: String) -> Result<OrderPage, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::orders::find(&cx, number).await?)
}

/// Cancels a held order of the account. Who places orders.
#[server(endpoint = "orders/cancel", protocol = Wire)]
pub async fn cancel(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    service::orders::cancel_own(&cx, request::form_key(&idempotency_key)?, number).await?;
    request::redirect_plain_form(&paths::order(number));
    Ok(())
}

/// One page of the orders of all resellers. Who sees orders in the back office.
#[server(endpoint = "orders/list_all", protocol = Wire)]
pub async fn list_all(#[server(default)] view: OrdersQuery) -> Result<OfficeOrders, Fault> {
    Ok(service::orders::list_all(&request::cx()?, &view).await?)
}

/// One order of any reseller. Who sees orders in the back office.
#[server(endpoint = "orders/find_any", protocol = Wire)]
pub async fn find_any(#[server(default)] number: String) -> Result<OfficeOrder, Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::orders::find_any(&cx, number).await?)
}

/// Executes a held order. Who decides on held orders.
#[server(endpoint = "orders/execute", protocol = Wire)]
pub async fn execute(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(flatten)] form: HeldForm,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    service::orders::execute(&cx, request::form_key(&idempotency_key)?, number, &form).await?;
    request::redirect_plain_form(&paths::office_order(number));
    Ok(())
}

/// Cancels a held order, and says why. Who decides on held orders.
#[server(endpoint = "orders/cancel_held", protocol = Wire)]
pub async fn cancel_held(
    #[server(default)] idempotency_key: String,
    #[server(default)] number: String,
    #[server(flatten)] form: HeldForm,
) -> Result<(), Fault> {
    let (cx, number) = (request::cx()?, number.parse().map_err(|_| Fault::NotFound)?);
    service::orders::cancel(&cx, request::form_key(&idempotency_key)?, number, &form).await?;
    request::redirect_plain_form(&paths::office_order(number));
    Ok(())
}
