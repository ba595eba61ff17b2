//! What the pages of products ask the server. The service says who may: those who see or edit prices.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::{
    ProductId,
    products::{OptionForm, OptionPage, ProductForm, ProductPage, Products},
};
use leptos::prelude::*;

/// One page of the list. Who sees prices.
#[server(endpoint = "products/list", protocol = Wire)]
pub async fn list(#[server(default)] after: Option<String>) -> Result<Products, Fault> {
    let after = after.and_then(|after| after.parse().ok());
    Ok(service::products::list(&request::cx()?, after).await?)
}

/// The page of one. Who sees prices.
#[server(endpoint = "products/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<ProductPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::products::find(&cx, id).await?)
}

/// What a new product may be an add-on of. Who edits prices.
#[server(endpoint = "products/applications", protocol = Wire)]
pub async fn applications() -> Result<Vec<(ProductId, String)>, Fault> {
    Ok(service::products::applications(&request::cx()?).await?)
}

/// Adds a product. Who edits prices.
#[server(endpoint = "products/add", protocol = Wire)]
pub async fn add(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: ProductForm,
) -> Result<(), Fault> {
    let cx = request::cx()?;
    let id = service::products::add(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect(&paths::product_done(id, "added"));
    Ok(())
}

/// Changes a product. Who edits prices.
#[server(endpoint = "products/save", protocol = Wire)]
pub async fn save(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: ProductForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::products::save(&cx, key, id, edition, &form).await?;
    request::redirect(&paths::product_done(id, "saved"));
    Ok(())
}

/// Ends the sale of a product, or resumes it when `active` is `on`. Who edits prices.
#[server(endpoint = "products/switch", protocol = Wire)]
pub async fn switch(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(default)] active: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::products::switch(&cx, key, id, edition, active == "on").await?;
    request::redirect(&paths::product_done(id, if active == "on" { "on" } else { "off" }));
    Ok(())
}

/// One option of a product, or what a new one begins with. Who edits prices.
#[server(endpoint = "products/find_option", protocol = Wire)]
pub async fn find_option(
    #[server(default)] product: String,
    #[server(default)] option: Option<String>,
) -> Result<OptionPage, Fault> {
    let (cx, product) = (request::cx()?, product.parse().map_err(|_| Fault::NotFound)?);
    let option = option.map(|option| option.parse()).transpose().map_err(|_| Fault::NotFound)?;
    Ok(service::products::option(&cx, product, option).await?)
}

/// Adds an option to a product. Who edits prices.
#[server(endpoint = "products/add_option", protocol = Wire)]
pub async fn add_option(
    #[server(default)] idempotency_key: String,
    #[server(default)] product: String,
    #[server(flatten)] form: OptionForm,
) -> Result<(), Fault> {
    let (cx, product) = (request::cx()?, product.parse().map_err(|_| Fault::NotFound)?);
    service::products::add_option(&cx, request::form_key(&idempotency_key)?, product, &form).await?;
    request::redirect(&paths::product_done(product, "option"));
    Ok(())
}

/// Changes an option. Who edits prices.
#[server(endpoint = "products/save_option", protocol = Wire)]
pub async fn save_option(
    #[server(default)] idempotency_key: String,
    #[server(default)] product: String,
    #[server(default)] option: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: OptionForm,
) -> Result<(), Fault> {
    let (cx, product) = (request::cx()?, product.parse().map_err(|_| Fault::NotFound)?);
    let option = option.parse().map_err(|_| Fault::NotFound)?;
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::products::save_option(&cx, key, product, option, edition, &form).await?;
    request::redirect(&paths::product_done(product, "saved"));
    Ok(())
}

/// Ends the sale of an option, or resumes it when `active` is `on`. Who edits prices.
#[server(endpoint = "products/switch_option", protocol = Wire)]
pub async fn switch_option(
    #[server(default)] idempotency_key: String,
    #[server(default)] product: String,
    #[server(default)] option: String,
    #[server(default)] edition: String,
    #[server(default)] active: String,
) -> Result<(), Fault> {
    let (cx, product) = (request::cx()?, product.parse().map_err(|_| Fault::NotFound)?);
    let option = option.parse().map_err(|_| Fault::NotFound)?;
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    service::products::switch_option(&cx, key, product, option, edition, active == "on").await?;
    request::redirect(&paths::product_done(product, if active == "on" { "on" } else { "off" }));
    Ok(())
}
