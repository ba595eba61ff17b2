//! What the mail page asks the server.

use domain::mail::{self, MailQuery};
use leptos::prelude::*;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::{paths, request};

/// One page of the outbox. Who may see mail.
#[server(endpoint = "mail/outbox")]
pub async fn outbox(#[server(default)] view: MailQuery) -> Result<mail::Outbox, Fault> {
    Ok(service::mail::outbox(&request::cx()?, &view).await?)
}

/// Sends a mail again that has failed or waits. Who may do that.
#[server(endpoint = "mail/retry")]
pub async fn retry(#[server(default)] idempotency_key: String, #[server(default)] id: String) -> Result<(), Fault> {
    let (cx, id) = (request::cx()?, id.parse().map_err(|_| Fault::NotFound)?);
    service::mail::retry(&cx, request::form_key(&idempotency_key)?, id).await?;
    request::redirect_plain_form(&paths::mail_retried());
    Ok(())
}
