//! What the pages of the basket ask the server. The service says who may: those who place orders, each with a basket of their own.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
#[cfg(feature = "ssr")]
use domain::licenses::Type;
#[cfg(feature = "ssr")]
use domain::orders::Seen;
use domain::orders::{BasketPage, CheckoutForm, TermsForm};
use leptos::prelude::*;

/// The basket as it stands. Who creates licenses.
#[server(endpoint = "basket/find", protocol = Wire)]
pub async fn find() -> Result<BasketPage, Fault> {
    Ok(service::orders::basket(&request::cx()?).await?)
}

/// Puts an option into the basket. Who creates licenses.
#[server(endpoint = "basket/add", protocol = Wire)]
pub async fn add(
    #[server(default)] idempotency_key: String,
    #[server(default)] option: String,
    #[server(default)] license_type: String,
    #[server(default)] quantity: String,
) -> Result<(), Fault> {
    let (cx, option) = (request::cx()?, option.parse().map_err(|_| Fault::NotFound)?);
    let license_type = Type::from_word(&license_type).ok_or(Fault::NotFound)?;
    service::orders::add_to_basket(&cx, request::form_key(&idempotency_key)?, option, license_type, &quantity).await?;
    request::redirect(paths::BASKET);
    Ok(())
}

/// Sets how many of a line are wanted; 0 takes it out. Who creates licenses.
#[server(endpoint = "basket/set", protocol = Wire)]
pub async fn set(
    #[server(default)] idempotency_key: String,
    #[server(default)] option: String,
    #[server(default)] license_type: String,
    #[server(default)] quantity: String,
) -> Result<(), Fault> {
    let (cx, option) = (request::cx()?, option.parse().map_err(|_| Fault::NotFound)?);
    let license_type = Type::from_word(&license_type).ok_or(Fault::NotFound)?;
    service::orders::set_in_basket(&cx, request::form_key(&idempotency_key)?, option, license_type, &quantity).await?;
    request::redirect_plain_form(paths::BASKET);
    Ok(())
}

/// Confirms the prices of now. Who creates licenses.
#[server(endpoint = "basket/confirm", protocol = Wire)]
pub async fn confirm(#[server(default)] idempotency_key: String) -> Result<(), Fault> {
    service::orders::confirm_basket(&request::cx()?, request::form_key(&idempotency_key)?).await?;
    request::redirect_plain_form(paths::BASKET);
    Ok(())
}

/// Keeps what is being typed into the checkout of the basket, whose id is the key of the form. Who creates licenses, and whose
/// basket it is.
#[server(endpoint = "basket/keep", protocol = Wire)]
pub async fn keep(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: CheckoutForm,
) -> Result<(), Fault> {
    let (cx, draft) = (request::cx()?, idempotency_key.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::orders::keep_checkout(&cx, draft, &form).await?)
}

/// Places the order of the basket, whose id is the key of the form: once, however often it is sent (O2). `total` is what was
/// shown. Or keeps what was typed, and `then` creates the customer that it is for. Who creates licenses, and whose basket it is.
#[server(endpoint = "basket/place", protocol = Wire)]
pub async fn place(
    #[server(default)] idempotency_key: String,
    #[server(default)] total: String,
    #[server(default)] then: String,
    #[server(flatten)] form: CheckoutForm,
    #[server(flatten)] terms: TermsForm,
) -> Result<(), Fault> {
    if then == "customer" {
        let draft = idempotency_key.parse().map_err(|_| Fault::NotFound)?;
        service::orders::keep_checkout(&request::cx()?, draft, &form).await?;
        request::redirect(&paths::new_customer_for_basket(draft));
        return Ok(());
    }
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let seen = Seen { total: total.parse().map_err(|_| domain::Refusal::FormUnknown)?, terms };
    let order = service::orders::place_basket(&cx, key, seen, &form).await?;
    request::redirect(&paths::created(order));
    Ok(())
}
