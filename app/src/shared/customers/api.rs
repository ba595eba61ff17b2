//! What the customers' pages ask the server. The service says who may: those who see or create customers.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
#[cfg(feature = "ssr")]
use domain::accounts::Kind;
use domain::{
    DraftId,
    contacts::NewPassword,
    customers::{
        self, CustomerEdit, CustomerForm, CustomerPage, CustomerRow, Customers, CustomersQuery, NewCustomerForm,
        import::ImportPage,
    },
};
use leptos::prelude::*;

/// One page of the list. Who sees customers.
#[server(endpoint = "customers/list", protocol = Wire)]
pub async fn list(#[server(default)] view: CustomersQuery) -> Result<Customers, Fault> {
    Ok(service::customers::list(&request::cx()?, &view).await?)
}

/// Up to ten customers by the beginnings of words, the newest when there are none. Who sees customers.
#[server(endpoint = "customers/search", protocol = Wire)]
pub async fn search(#[server(default)] q: String) -> Result<Vec<CustomerRow>, Fault> {
    Ok(service::customers::search(&request::cx()?, &q).await?)
}

/// The page of one customer. Who sees customers.
#[server(endpoint = "customers/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<CustomerPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::customers::find(&cx, id).await?)
}

/// What the page for correcting a customer shows. Who creates customers, or edits contacts in the office.
#[server(endpoint = "customers/edit_page", protocol = Wire)]
pub async fn edit_page(#[server(default)] id: String) -> Result<CustomerEdit, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::customers::edit_page(&cx, id).await?)
}

/// Corrects a customer (A12). Who creates customers, or edits contacts in the office.
#[server(endpoint = "customers/edit", protocol = Wire)]
pub async fn edit(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(default)] edition: String,
    #[server(flatten)] form: CustomerForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    let (key, edition) = (request::form_key(&idempotency_key)?, request::edition(&edition));
    let invited = service::customers::edit(&cx, key, id, edition, &form).await?;
    request::redirect(&match (cx.actor.side, invited) {
        (Kind::Operator, _) => paths::office_account_contacts(id),
        (_, true) => paths::customer_link_sent(id),
        (_, false) => paths::customer_saved(id),
    });
    Ok(())
}

/// Sends the activation link again; the earlier one stops working (A5). Who creates customers.
#[server(endpoint = "customers/resend_link", protocol = Wire)]
pub async fn resend_link(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::customers::resend_link(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::customer_link_sent(id));
    Ok(())
}

/// Starts the wizard, for the license wizard or the basket that waits for this customer, if one does. Who creates customers.
#[server(endpoint = "customers/begin", protocol = Wire)]
pub async fn begin(#[server(default)] waiting: String) -> Result<DraftId, Fault> {
    let waiting = Some(waiting).filter(|id| !id.is_empty());
    let waiting = waiting.map(|id| id.parse()).transpose().map_err(|_| Fault::NotFound)?;
    Ok(service::customers::begin(&request::cx()?, waiting).await?)
}

/// The wizard as it stands. Who creates customers, and began this one.
#[server(endpoint = "customers/wizard", protocol = Wire)]
pub async fn wizard(#[server(default)] draft: String) -> Result<customers::Wizard, Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::customers::wizard(&cx, draft).await?)
}

/// The first step. Who creates customers, and began this wizard.
#[server(endpoint = "customers/save", protocol = Wire)]
pub async fn save(#[server(default)] draft: String, #[server(flatten)] form: NewCustomerForm) -> Result<(), Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    service::customers::save_draft(&cx, draft, &form).await?;
    request::redirect(&paths::new_customer_access(draft));
    Ok(())
}

/// The second step creates the customer; the draft's id is the key of the form (O2). Who creates customers.
#[server(endpoint = "customers/create", protocol = Wire)]
pub async fn create(
    #[server(default)] idempotency_key: String,
    #[server(default)] send_link: String,
    #[server(flatten)] password: NewPassword,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let draft = idempotency_key.trim().parse().map_err(|_| Fault::NotFound)?;
    let wizard = service::customers::wizard(&cx, draft).await?;
    let form = NewCustomerForm { send_link, ..wizard.form };
    let customer = service::customers::create(&cx, key, &form, &password).await?;
    let next = wizard.waiting.map_or_else(|| paths::customer_added(customer), paths::waiting);
    request::redirect(&next);
    Ok(())
}

/// What would come of a table of customers, or what came of it. Who creates customers, and sent that table.
#[server(endpoint = "customers/dry_run", protocol = Wire)]
pub async fn dry_run(#[server(default)] draft: String) -> Result<ImportPage, Fault> {
    let (cx, draft) = (request::cx()?, draft.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::customers::dry_run(&cx, draft).await?)
}

/// Creates all customers of a table; the draft's id is the key of the form (O2). Who creates customers, and sent that table.
#[server(endpoint = "customers/import", protocol = Wire)]
pub async fn import(#[server(default)] idempotency_key: String) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    service::customers::import(&cx, key).await?;
    request::redirect_plain_form(&paths::import(key));
    Ok(())
}
