//! What the pages of price lists ask the server. The service says who may: those who see or edit prices.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::price_lists::{self, EntryForm, EntryPage, PriceListForm, PriceListPage, PriceLists};
use leptos::prelude::*;

/// One page of the list. Who sees prices.
#[server(endpoint = "price_lists/list", protocol = Wire)]
pub async fn list(#[server(default)] after: Option<String>) -> Result<PriceLists, Fault> {
    let after = after.and_then(|after| after.parse().ok());
    Ok(service::price_lists::list(&request::cx()?, after).await?)
}

/// The page of one. Who sees prices.
#[server(endpoint = "price_lists/find", protocol = Wire)]
pub async fn find(
    #[server(default)] id: String,
    #[server(default)] after: Option<String>,
) -> Result<PriceListPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let after = after.and_then(|after| after.parse().ok());
    Ok(service::price_lists::find(&cx, id, after).await?)
}

/// Adds a price list. Who edits prices.
#[server(endpoint = "price_lists/add", protocol = Wire)]
pub async fn add(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: PriceListForm,
) -> Result<(), Fault> {
    let cx = request::cx()?;
    let id = service::price_lists::add(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect(&paths::price_list_done(id, "added"));
    Ok(())
}

/// Changes a price list. Who edits prices.
#[server(endpoint = "price_lists/save", protocol = Wire)]
pub async fn save(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: PriceListForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::price_lists::save(&cx, key, id, edition, &form).await?;
    request::redirect(&paths::price_list_done(id, "saved"));
    Ok(())
}

/// One price of a price list, or what a new one may be of. Who edits prices.
#[server(endpoint = "price_lists/price", protocol = Wire)]
pub async fn price(
    #[server(default)] list: String,
    #[server(default)] option: Option<String>,
    #[server(default)] from: Option<String>,
) -> Result<EntryPage, Fault> {
    let (cx, list) = (request::cx()?, list.parse().map_err(|_| Fault::NotFound)?);
    let of = match (option, from) {
        (Some(option), Some(from)) => {
            Some((option.parse().map_err(|_| Fault::NotFound)?, from.parse().map_err(|_| Fault::NotFound)?))
        }
        _ => None,
    };
    Ok(service::price_lists::price(&cx, list, of).await?)
}

/// Sets a price, in the place of the one from `was` on if that is said. Who edits prices.
#[server(endpoint = "price_lists/set_price", protocol = Wire)]
pub async fn set_price(
    #[server(default)] idempotency_key: String,
    #[server(default)] list: String,
    #[server(default)] edition: String,
    #[server(default)] option: String,
    #[server(default)] was: String,
    #[server(flatten)] form: EntryForm,
) -> Result<(), Fault> {
    let (cx, list) = (request::cx()?, list.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    let was = Some(was).filter(|was| !was.is_empty()).map(|was| was.parse()).transpose();
    let was = was.map_err(|_| Fault::NotFound)?;
    service::price_lists::set_price(&cx, key, list, edition, &option, was, &form).await?;
    request::redirect(&paths::price_list_done(list, "price"));
    Ok(())
}

/// Removes a price. Who edits prices.
#[server(endpoint = "price_lists/remove_price", protocol = Wire)]
pub async fn remove_price(
    #[server(default)] idempotency_key: String,
    #[server(default)] list: String,
    #[server(default)] edition: String,
    #[server(default)] option: String,
    #[server(default)] from: String,
) -> Result<(), Fault> {
    let (cx, list) = (request::cx()?, list.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    let option = option.parse().map_err(|_| Fault::NotFound)?;
    let from = from.parse().map_err(|_| Fault::NotFound)?;
    service::price_lists::remove_price(&cx, key, list, edition, option, from).await?;
    request::redirect(&paths::price_list_done(list, "removed"));
    Ok(())
}

/// What a reseller sees, at which price, and why. Who sees prices.
#[server(endpoint = "price_lists/seen_as", protocol = Wire)]
pub async fn seen_as(#[server(default)] account: String) -> Result<price_lists::SeenAs, Fault> {
    let (cx, account) = (request::cx()?, account.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::price_lists::seen_as(&cx, account).await?)
}
