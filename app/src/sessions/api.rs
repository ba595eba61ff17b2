//! Signing in and out, and who is signed in.

use domain::{Actor, contacts};
use leptos::prelude::*;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::{paths, request};

/// Who is signed in with this browser. Anyone may ask.
#[server(endpoint = "sessions/current")]
pub async fn current() -> Result<Option<Actor>, Fault> {
    Ok(request::actor())
}

/// Signs in, and says where to go on. Anyone may try.
#[server(endpoint = "sessions/sign_in")]
pub async fn sign_in(#[server(flatten)] form: contacts::SignIn) -> Result<String, Fault> {
    let signed_in = service::sessions::sign_in(&request::service()?, &request::origin()?, &form).await?;
    request::set_session(&signed_in.token)?;
    let next = if signed_in.actor.password_due { paths::ACCOUNT } else { paths::local(&form.next) };
    request::redirect_plain_form(next);
    Ok(next.to_owned())
}

/// Signs this browser out. Who is signed in; for everybody else it is done already.
#[server(endpoint = "sessions/sign_out")]
pub async fn sign_out() -> Result<(), Fault> {
    if let Ok(cx) = request::cx() {
        service::sessions::sign_out(&cx).await?;
    }
    request::clear_session()?;
    request::redirect_plain_form(paths::LOGIN);
    Ok(())
}
