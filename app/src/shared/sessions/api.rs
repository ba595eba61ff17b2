//! Signing in and out, and who is signed in.

use crate::ui::{Fault, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{paths, request};
use domain::{Actor, contacts};
#[cfg(feature = "ssr")]
use domain::{Deed, actor::Due};
use leptos::prelude::*;

/// Who is signed in with this browser. Anyone may ask.
#[server(endpoint = "sessions/current", protocol = Wire)]
pub async fn current() -> Result<Option<Actor>, Fault> {
    Ok(request::actor())
}

/// Signs in, and says where to go on; whoever was signed in with this browser is signed out. Anyone may try.
#[server(endpoint = "sessions/sign_in", protocol = Wire)]
pub async fn sign_in(#[server(flatten)] form: contacts::SignIn) -> Result<String, Fault> {
    let former = request::cx().ok();
    let signed_in = service::sessions::sign_in(&request::service()?, &request::origin()?, &form).await?;
    if let Some(former) = former {
        service::sessions::sign_out(&former).await?;
    }
    request::set_session(&signed_in.token)?;
    if signed_in.actor.due != Some(Due::Proof) {
        request::set_device(signed_in.actor.contact).await?;
    }
    let next = match signed_in.actor.due {
        None => paths::local(&form.next).to_owned(),
        Some(Due::Proof) => paths::prove_then(paths::local(&form.next)),
        // To what may be seen of it; who may not pay reads on the own account's page why nothing else is open (V12).
        Some(Due::Debt) if !signed_in.actor.may(Deed::SeeBilling) => paths::ACCOUNT.to_owned(),
        Some(Due::Debt) if paths::local(&form.next).starts_with(paths::BILLING) => paths::local(&form.next).to_owned(),
        Some(due) => paths::due(due).to_owned(),
    };
    request::redirect_plain_form(&next);
    Ok(next)
}

/// Proves the second factor, and says where to go on. Who has given the right password.
#[server(endpoint = "sessions/prove", protocol = Wire)]
pub async fn prove(
    #[server(default)] next: String,
    #[server(flatten)] form: contacts::CodeForm,
) -> Result<String, Fault> {
    let cx = request::cx()?;
    request::set_session(&service::sessions::prove(&cx, &form).await?)?;
    request::set_device(cx.actor.contact).await?;
    let next = paths::local(&next).to_owned();
    request::redirect_plain_form(&next);
    Ok(next)
}

/// What the browser is asked to prove a passkey. Who has given the right password, and has one.
#[server(endpoint = "sessions/challenge", protocol = Wire)]
pub async fn challenge() -> Result<String, Fault> {
    Ok(service::sessions::challenge(&request::cx()?).await?)
}

/// Proves a passkey, and says where to go on. Who has given the right password.
#[server(endpoint = "sessions/prove_by_passkey", protocol = Wire)]
pub async fn prove_by_passkey(
    #[server(default)] next: String,
    #[server(default)] answer: String,
) -> Result<String, Fault> {
    let cx = request::cx()?;
    request::set_session(&service::sessions::prove_by_passkey(&cx, &answer).await?)?;
    request::set_device(cx.actor.contact).await?;
    Ok(paths::local(&next).to_owned())
}

/// Proves once more who somebody is, and says where to go on. Who is signed in.
#[server(endpoint = "sessions/confirm", protocol = Wire)]
pub async fn confirm(#[server(flatten)] form: contacts::Confirmation) -> Result<String, Fault> {
    request::set_session(&service::sessions::confirm(&request::cx()?, &form).await?)?;
    let next = paths::local(&form.next).to_owned();
    request::redirect_plain_form(&next);
    Ok(next)
}

/// Signs this browser out. Who is signed in; for everybody else it is done already.
#[server(endpoint = "sessions/sign_out", protocol = Wire)]
pub async fn sign_out() -> Result<(), Fault> {
    if let Ok(cx) = request::cx() {
        service::sessions::sign_out(&cx).await?;
    }
    request::clear_session()?;
    request::set_header(request::CLEAR_SITE_DATA, request::PAGES);
    request::redirect_plain_form(paths::LOGIN);
    Ok(())
}
