//! What the mail page asks the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::{
    mail::{self, MailQuery},
    ticks::{Tally, Ticks},
};
use leptos::prelude::*;

/// One page of the outbox. Who may see mail.
#[server(endpoint = "mail/outbox", protocol = Wire)]
pub async fn outbox(#[server(default)] view: MailQuery) -> Result<mail::Outbox, Fault> {
    Ok(service::mail::outbox(&request::cx()?, &view).await?)
}

/// Sends mails again that have failed or wait: those that are ticked, or one. Who may do that.
#[server(endpoint = "mail/retry", protocol = Wire)]
pub async fn retry(
    #[server(default)] idempotency_key: String,
    #[server(default)] back: String,
    #[server(flatten)] form: Ticks,
) -> Result<Tally, Fault> {
    let cx = request::cx()?;
    let done = service::mail::retry(&cx, request::form_key(&idempotency_key)?, &form).await?;
    request::redirect_plain_form(&paths::ticked_done(&back, done));
    Ok(done)
}
