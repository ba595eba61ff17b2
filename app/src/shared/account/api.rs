//! What the page of one's own account asks the server.

use crate::ui::{Fault, Theme, data::Wire};
#[cfg(feature = "ssr")]
use crate::ui::{cookies, paths, request};
use domain::contacts::{self, CodeForm, PasswordChange, SessionRow};
use leptos::prelude::*;

/// Keeps the theme in this browser. Anyone may: it changes nothing of ours.
#[server(endpoint = "account/theme", protocol = Wire)]
pub async fn set_theme(#[server(default)] theme: String) -> Result<Theme, Fault> {
    let theme = Theme::from_word(&theme).unwrap_or_default();
    request::set_cookie(&cookies::theme(theme.word(), request::secure()));
    Ok(theme)
}

/// Changes one's own password; all other sessions end. Who is signed in.
#[server(endpoint = "contacts/change_password", protocol = Wire)]
pub async fn change_password(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: PasswordChange,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let token = service::contacts::change_password(&cx, key, &form).await?;
    request::set_session(&token)?;
    // With the former password this browser was known by another cookie.
    request::set_device(cx.actor.contact).await?;
    let due = cx.actor.due.is_some();
    request::redirect_plain_form(&if due { paths::HOME.to_owned() } else { paths::account_password_changed() });
    Ok(())
}

/// One's own second factor. Who is signed in.
#[server(endpoint = "account/second_factor", protocol = Wire)]
pub async fn second_factor() -> Result<contacts::SecondFactor, Fault> {
    Ok(service::contacts::second_factor(&request::cx()?).await?)
}

/// Begins to set an authenticator app up. Who is signed in, and has confirmed it.
#[server(endpoint = "account/begin_app", protocol = Wire)]
pub async fn begin_app(#[server(default)] idempotency_key: String) -> Result<(), Fault> {
    service::contacts::begin_app(&request::cx()?, request::form_key(&idempotency_key)?).await?;
    request::redirect(paths::NEW_APP);
    Ok(())
}

/// The app that is being set up. Who is signed in, has confirmed it, and began it.
#[server(endpoint = "account/new_app", protocol = Wire)]
pub async fn new_app() -> Result<contacts::NewApp, Fault> {
    Ok(service::contacts::new_app(&request::cx()?).await?)
}

/// Switches the second factor on. Who is signed in, and has the app.
#[server(endpoint = "account/confirm_app", protocol = Wire)]
pub async fn confirm_app(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: CodeForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    request::set_session(&service::contacts::confirm_app(&cx, key, &form).await?)?;
    request::redirect(&paths::second_factor_changed());
    Ok(())
}

/// Switches the second factor off. Who is signed in, has confirmed it, and has the factor.
#[server(endpoint = "account/remove_app", protocol = Wire)]
pub async fn remove_app(
    #[server(default)] idempotency_key: String,
    #[server(flatten)] form: CodeForm,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    request::set_session(&service::contacts::remove_app(&cx, key, &form).await?)?;
    request::redirect_plain_form(&paths::second_factor_changed());
    Ok(())
}

/// Begins to make a passkey: what the browser is asked. Who is signed in, has an app, and has confirmed it.
#[server(endpoint = "account/begin_passkey", protocol = Wire)]
pub async fn begin_passkey() -> Result<String, Fault> {
    Ok(service::contacts::begin_passkey(&request::cx()?).await?)
}

/// Keeps the passkey that the browser has made. Who is signed in, and began it.
#[server(endpoint = "account/finish_passkey", protocol = Wire)]
pub async fn finish_passkey(
    #[server(default)] idempotency_key: String,
    #[server(default)] name: String,
    #[server(default)] answer: String,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    request::set_session(&service::contacts::finish_passkey(&cx, key, &name, &answer).await?)?;
    Ok(())
}

/// Takes one of one's own passkeys away. Who is signed in, and has confirmed it.
#[server(endpoint = "account/remove_passkey", protocol = Wire)]
pub async fn remove_passkey(
    #[server(default)] idempotency_key: String,
    #[server(default)] id: String,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    request::set_session(&service::contacts::remove_passkey(&cx, key, &id).await?)?;
    request::redirect_plain_form(paths::SECOND_FACTOR);
    Ok(())
}

/// The browsers one is signed in with. Who is signed in.
#[server(endpoint = "sessions/list", protocol = Wire)]
pub async fn sessions() -> Result<Vec<SessionRow>, Fault> {
    Ok(service::sessions::list(&request::cx()?).await?)
}

/// Ends all of one's own sessions but this one. Who is signed in, and has confirmed it.
#[server(endpoint = "sessions/end_others", protocol = Wire)]
pub async fn end_other_sessions(#[server(default)] idempotency_key: String) -> Result<(), Fault> {
    service::sessions::end_others(&request::cx()?, request::form_key(&idempotency_key)?).await?;
    request::redirect_plain_form(paths::ACCOUNT);
    Ok(())
}

/// Ends one of one's own sessions. Who is signed in; another than this one, who has confirmed it.
#[server(endpoint = "sessions/end", protocol = Wire)]
pub async fn end_session(
    #[server(default)] idempotency_key: String,
    #[server(default)] session: String,
) -> Result<(), Fault> {
    let (cx, key) = (request::cx()?, request::form_key(&idempotency_key)?);
    let session = session.parse().map_err(|_| Fault::NotFound)?;
    service::sessions::end(&cx, key, session).await?;
    request::redirect_plain_form(paths::ACCOUNT);
    Ok(())
}
