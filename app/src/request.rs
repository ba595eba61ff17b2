//! The request behind a page or a server function: who asks, from where, and what goes back
//! beside the answer. On the server only.

use std::{fmt::Display, sync::Arc};

use domain::{Actor, FormKey};
use http::{
    HeaderName, HeaderValue, Method, StatusCode,
    header::{ACCEPT, COOKIE, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::{Cx, Origin, Service, returned::Returned, tokens::Token};

use crate::{Fault, cookies};

/// Who asks, as every deed wants to know.
///
/// # Errors
/// [`Fault::SignedOut`] when nobody is signed in.
pub fn cx() -> Result<Cx, Fault> {
    Ok(Cx::new(service()?, actor().ok_or(Fault::SignedOut)?, origin()?))
}

/// Who is signed in.
pub fn actor() -> Option<Actor> {
    extension()
}

/// The world.
///
/// # Errors
/// [`Fault::Broken`] when the server has not provided it.
pub fn service() -> Result<Arc<Service>, Fault> {
    use_context().ok_or_else(|| broken(&"no service in the context"))
}

/// Where the request came from.
///
/// # Errors
/// [`Fault::Broken`] when the server has not said.
pub fn origin() -> Result<Origin, Fault> {
    extension().ok_or_else(|| broken(&"no origin in the request"))
}

/// The form that was sent back to this page, if one was.
pub fn returned() -> Option<Returned> {
    extension()
}

/// The key of a posted form.
///
/// # Errors
/// When it is missing or none.
pub fn form_key(typed: &str) -> Result<FormKey, Fault> {
    Ok(FormKey::parse(typed)?)
}

/// A key for a form that is about to be shown.
pub fn new_form_key() -> String {
    service().map(|service| service.random.uuid().to_string()).unwrap_or_default()
}

/// Logs what broke, once, and says no more than where to look for it.
pub fn broken(error: &dyn Display) -> Fault {
    let request = extension::<Origin>().map(|origin| origin.request.to_string()).unwrap_or_default();
    tracing::error!(request.id = %request, %error, "a request could not be answered");
    Fault::Broken { request }
}

/// The value of a cookie that the browser sent.
pub fn cookie(name: &str) -> Option<String> {
    let parts: Parts = use_context()?;
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (found, value) = pair.trim().split_once('=')?;
        (found == name).then(|| value.to_owned())
    })
}

/// Signs the browser in.
pub fn set_session(token: &Token) -> Result<(), Fault> {
    let secure = is_secure(&*service()?);
    set_cookie(&cookies::session(token.reveal(), secure));
    Ok(())
}

/// Signs the browser out.
pub fn clear_session() -> Result<(), Fault> {
    let secure = is_secure(&*service()?);
    set_cookie(&cookies::no_session(secure));
    Ok(())
}

/// Whether people come by https.
pub fn is_secure(service: &Service) -> bool {
    service.settings.base_url.starts_with("https://")
}

/// Adds a cookie to the answer.
pub fn set_cookie(cookie: &str) {
    if let (Some(options), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        options.append_header(SET_COOKIE, cookie);
    }
}

/// Sets a header of the answer.
pub fn set_header(name: HeaderName, value: &str) {
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        options.insert_header(name, value);
    }
}

/// Sets the status of the answer.
pub fn set_status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// Sends the browser to another page of this house; what came from outside goes through
/// [`crate::paths::local`] first. A program that runs in the page goes
/// there without a reload; a form without script is told by the status. The path is one of
/// [`crate::paths`]; what somebody typed goes through [`crate::paths::local`] before.
pub fn redirect(path: &str) {
    leptos_axum::redirect(path, false);
    match use_context::<Parts>() {
        Some(parts) if parts.method == Method::GET => set_status(StatusCode::FOUND),
        Some(_) if is_plain_form() => set_status(StatusCode::SEE_OTHER),
        _ => {}
    }
}

/// Sends a form without script on; where there is a program, the page itself says what happened.
pub fn redirect_plain_form(path: &str) {
    if is_plain_form() {
        redirect(path);
    }
}

/// Whether a form was posted by the browser itself.
pub fn is_plain_form() -> bool {
    let accepts_page = |parts: Parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        parts.method == Method::POST && accept.contains("text/html")
    };
    use_context().is_some_and(accepts_page)
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>()?.extensions.get::<T>().cloned()
}
