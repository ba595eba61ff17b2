//! What the activation page asks the server.

use domain::contacts;
use leptos::prelude::*;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::{paths, request};

/// Who is invited by a link. Anyone who holds it may ask.
#[server(endpoint = "contacts/invitation")]
pub async fn invitation(#[server(default)] token: String) -> Result<contacts::Invitation, Fault> {
    Ok(service::contacts::invitation(&request::service()?, &token).await?)
}

/// Activates with a password of one's own. Anyone who holds the link may, once.
#[server(endpoint = "contacts/activate")]
pub async fn activate(#[server(flatten)] form: contacts::Activation) -> Result<(), Fault> {
    service::contacts::activate(&request::service()?, &request::origin()?, &form).await?;
    request::redirect_plain_form(&paths::activated(form.token.reveal()));
    Ok(())
}

/// Asks for a new link in place of one that does not work. Anyone may; the answer is always the same.
#[server(endpoint = "contacts/ask_new_link")]
pub async fn ask_new_link(#[server(default)] token: String) -> Result<(), Fault> {
    service::contacts::ask_new_link(&request::service()?, &request::origin()?, &token).await?;
    request::redirect_plain_form(&paths::new_link_asked(&token));
    Ok(())
}
