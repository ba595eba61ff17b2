//! What the list, the result and the page of a license ask the server. The service says who may:
//! those who see or edit licenses.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
#[cfg(feature = "ssr")]
use domain::{Deed, licenses::Act};
use domain::{
    licenses::{EditForm, LicensePage, Licenses, LicensesQuery, Many, ManyForm},
    orders,
};
use leptos::prelude::*;

use super::filters::FilterForm;

/// One page of the list. Who sees licenses.
#[server(endpoint = "licenses/list", protocol = Wire)]
pub async fn list(#[server(default)] view: LicensesQuery) -> Result<Licenses, Fault> {
    Ok(service::licenses::list(&request::cx()?, &view).await?)
}

/// Leads from the filters to the address of what they ask for, in which no whole key stands.
/// Anyone may: it reads and changes nothing.
#[server(endpoint = "licenses/filter", protocol = Wire)]
pub async fn filter(#[server(flatten)] form: FilterForm) -> Result<(), Fault> {
    request::redirect(&paths::licenses(&form.view()));
    Ok(())
}

/// The page of one license. Who sees licenses.
#[server(endpoint = "licenses/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<LicensePage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::licenses::find(&cx, id).await?)
}

/// Changes notes, details and customer paid. Who edits licenses.
#[server(endpoint = "licenses/edit", protocol = Wire)]
pub async fn edit(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: EditForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::licenses::edit(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::license_saved(id));
    Ok(())
}

/// Mails the key and the details to the customer (L15). Who edits licenses.
#[server(endpoint = "licenses/send", protocol = Wire)]
pub async fn send_details(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::licenses::send(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::license_sent(id));
    Ok(())
}

/// What an order has made. Who sees licenses.
#[server(endpoint = "orders/executed", protocol = Wire)]
pub async fn executed(#[server(default)] order: String) -> Result<orders::Executed, Fault> {
    let (cx, order) = (request::cx()?, order.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::orders::executed(&cx, order).await?)
}

/// Mails all keys of an order to the customer (L15). Who edits licenses.
#[server(endpoint = "orders/send", protocol = Wire)]
pub async fn send_order(
    #[server(default)] idempotency_key: String,
    #[server(default)] order: String,
) -> Result<(), Fault> {
    let (cx, order) = (request::cx()?, order.parse().map_err(|_| Fault::NotFound)?);
    service::orders::send(&cx, request::form_key(&idempotency_key)?, order).await?;
    request::redirect_plain_form(&paths::created(order));
    Ok(())
}

/// Marks the ticked licenses as paid by their customers, or sends their details: who edits licenses. Or leads to the checkout (B6): who
/// pays.
#[server(endpoint = "licenses/change_many", protocol = Wire)]
pub async fn change_many(
    #[server(default)] idempotency_key: String,
    #[server(default)] back: String,
    #[server(flatten)] form: ManyForm,
) -> Result<Many, Fault> {
    let cx = request::cx()?;
    if let Some(ids) = form.to_pay().map_err(Fault::Fields)? {
        cx.may(Deed::Pay)?;
        request::redirect(&paths::pay_licenses(&ids));
        return Ok(Many { act: Act::Pay, done: ids.len(), of: ids.len() });
    }
    let done = service::licenses::change_many(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect_plain_form(&paths::ticked_done(&back, done));
    Ok(done)
}
