//! What the pages behind the links of our mails ask the server.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::contacts;
use leptos::prelude::*;

/// Who is invited by a link. Anyone who holds it may ask.
#[server(endpoint = "contacts/invitation", protocol = Wire)]
pub async fn invitation(#[server(default)] token: String) -> Result<contacts::Invitation, Fault> {
    Ok(service::contacts::invitation(&request::service()?, &request::origin()?, &token).await?)
}

/// Activates with a password of one's own. Anyone who holds the link may, once.
#[server(endpoint = "contacts/activate", protocol = Wire)]
pub async fn activate(#[server(flatten)] form: contacts::Activation) -> Result<(), Fault> {
    service::contacts::activate(&request::service()?, &request::origin()?, &form).await?;
    request::redirect_plain_form(&paths::activated(form.token.reveal()));
    Ok(())
}

/// Asks for a new link in place of one that does not work. Anyone may; the answer is always the same.
#[server(endpoint = "contacts/ask_new_link", protocol = Wire)]
pub async fn ask_new_link(#[server(default)] token: String) -> Result<(), Fault> {
    service::contacts::ask_new_link(&request::service()?, &request::origin()?, &token).await?;
    request::redirect_plain_form(&paths::new_link_asked(&token));
    Ok(())
}

/// Asks for a link by which a new password is chosen (A7). Anyone may; the answer is always the same, and as fast.
#[server(endpoint = "contacts/forgot", protocol = Wire)]
pub async fn forgot(#[server(flatten)] form: contacts::Forgot) -> Result<(), Fault> {
    drop(service::contacts::forgot(&request::service()?, &request::origin()?, &form).await?);
    request::redirect_plain_form(&paths::forgot_sent());
    Ok(())
}

/// Whose password a link is for. Anyone who holds it may ask.
#[server(endpoint = "contacts/reset_shown", protocol = Wire)]
pub async fn reset_shown(#[server(default)] token: String) -> Result<contacts::Invitation, Fault> {
    Ok(service::contacts::reset_shown(&request::service()?, &request::origin()?, &token).await?)
}

/// Takes a new password. Anyone who holds the link may, once.
#[server(endpoint = "contacts/reset", protocol = Wire)]
pub async fn reset(#[server(flatten)] form: contacts::Activation) -> Result<(), Fault> {
    service::contacts::reset(&request::service()?, &request::origin()?, &form).await?;
    request::redirect_plain_form(&paths::reset_done(form.token.reveal()));
    Ok(())
}
