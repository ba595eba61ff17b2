//! What the pages of applications ask the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::{
    accounts::CreditForm,
    applications::{self, ApplicationPage, ApplicationsQuery, ApproveForm, RejectForm},
};
use leptos::prelude::*;

/// Applies as a reseller. Anyone may; the answer is the same whoever exists.
#[server(endpoint = "applications/apply", protocol = Wire)]
pub async fn apply(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: applications::Apply,
) -> Result<(), Fault> {
    let key = request::form_key(&idempotency_key)?;
    service::applications::apply(&request::service()?, &request::origin()?, key, &form).await?;
    request::redirect_plain_form(&paths::applied());
    Ok(())
}

/// One page of the queue. Who may decide applications.
#[server(endpoint = "applications/list", protocol = Wire)]
pub async fn list(#[server(default)] view: ApplicationsQuery) -> Result<applications::Applications, Fault> {
    Ok(service::applications::list(&request::cx()?, &view).await?)
}

/// One application. Who may decide it.
#[server(endpoint = "applications/find", protocol = Wire)]
pub async fn find(#[server(default)] id: String) -> Result<ApplicationPage, Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    Ok(service::applications::find(&cx, id).await?)
}

/// Makes a reseller of an applicant. Who may decide applications; a credit limit only by who sets those.
#[server(endpoint = "applications/approve", protocol = Wire)]
pub async fn approve(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: ApproveForm,
    #[server(flatten)] credit: CreditForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::applications::approve(&cx, request::form_key(&idempotency_key)?, id, &form, &credit).await?;
    request::redirect_plain_form(&paths::application(id));
    Ok(())
}

/// Rejects an application. Who may decide it.
#[server(endpoint = "applications/reject", protocol = Wire)]
pub async fn reject(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
    #[server(flatten)] form: RejectForm,
) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::applications::reject(&cx, request::form_key(&idempotency_key)?, id, &form).await?;
    request::redirect_plain_form(&paths::application(id));
    Ok(())
}
