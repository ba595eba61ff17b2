//! What the create-license wizard asks the server. The service says who may: those who create
//! licenses, and of a draft the one who began it.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
#[cfg(feature = "ssr")]
use domain::{licenses::Type, orders::Seen};
use domain::{
    licenses::{self, NewLicensesForm},
    orders::TermsForm,
    products,
};
use leptos::prelude::*;

/// All that may be ordered, at this reseller's prices (P2). Who sees the catalog.
#[server(endpoint = "products/catalog", protocol = Wire)]
pub async fn catalog() -> Result<products::Catalog, Fault> {
    Ok(service::products::catalog(&request::cx()?).await?)
}

/// Starts a draft with an option, and with a customer where one is known; `from` is the draft
/// that had another option before, whose details stay, and `license_type` what the draft begins as.
/// Who creates licenses.
#[server(endpoint = "licenses/begin", protocol = Wire)]
pub async fn begin(
    #[server(default)] option: String,
    #[server(default)] customer: String,
    #[server(default)] from: String,
    #[server(default)] license_type: String,
) -> Result<(), Fault> {
    let (cx, option) = (request::cx()?, option.parse().map_err(|_| Fault::NotFound)?);
    let customer = Some(customer).filter(|id| !id.is_empty()).map(|id| id.parse()).transpose();
    let customer = customer.map_err(|_| Fault::NotFound)?;
    let draft = service::licenses::begin_as(&cx, option, customer, Type::from_word(&license_type)).await?;
    if let Ok(from) = from.parse() {
        let before = service::licenses::wizard(&cx, from).await?;
        service::licenses::autosave(&cx, draft, &before.form).await?;
    }
    let next = if customer.is_some() { paths::new_license_details } else { paths::new_license_user };
    request::redirect(&next(draft));
    Ok(())
}

/// The wizard as it stands. Who creates licenses, and began this one.
#[server(endpoint = "licenses/wizard", protocol = Wire)]
pub async fn wizard(#[server(default)] draft: String) -> Result<licenses::Wizard, Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::licenses::wizard(&cx, draft).await?)
}

/// The step `User`. Who creates licenses, and began this wizard.
#[server(endpoint = "licenses/pick_user", protocol = Wire)]
pub async fn pick_user(#[server(default)] draft: String, #[server(default)] user: String) -> Result<(), Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    service::licenses::pick_user(&cx, draft, &user).await?;
    request::redirect(&paths::new_license_details(draft));
    Ok(())
}

/// The step `Details`. Who creates licenses, and began this wizard.
#[server(endpoint = "licenses/save_details", protocol = Wire)]
pub async fn save_details(
    #[server(default)] draft: String,
    #[server(flatten)] form: NewLicensesForm,
) -> Result<(), Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    service::licenses::save_details(&cx, draft, &form).await?;
    request::redirect(&paths::new_license_review(draft));
    Ok(())
}

/// Keeps what is being typed. Who creates licenses, and began this wizard.
#[server(endpoint = "licenses/autosave", protocol = Wire)]
pub async fn autosave(#[server(default)] draft: String, #[server(flatten)] form: NewLicensesForm) -> Result<(), Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::licenses::autosave(&cx, draft, &form).await?)
}

/// Executes the order of the draft, whose id is the key of the form: once, however often it is
/// sent (O2). `total` is the price that was shown. Who creates licenses, and began this wizard.
#[server(endpoint = "licenses/create", protocol = Wire)]
pub async fn create(
    #[server(default)] idempotency_key: String,
    #[server(default)] total: String,
    #[server(flatten)] terms: TermsForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let seen = Seen { total: total.parse().map_err(|_| domain::Refusal::FormUnknown)?, terms };
    let order = service::licenses::create(&cx, key, seen).await?;
    request::redirect(&paths::created(order));
    Ok(())
}
