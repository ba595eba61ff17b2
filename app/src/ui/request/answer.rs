//! What goes back beside the answer: cookies, headers, the status, and the way to another page.

use std::sync::Arc;

use domain::ContactId;
use http::{
    HeaderName, HeaderValue, Method, StatusCode,
    header::{ACCEPT, RETRY_AFTER, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use service::{Service, tokens::Token};

use crate::ui::request::service;
use crate::ui::{Fault, cookies};

/// What a browser is to forget.
pub const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// The pages that it keeps, those behind its back button among them. Cookies and storage stay: the session's cookie is taken away by
/// itself, and the theme and the keys that are switched off are the browser's and not the person's.
pub const PAGES: &str = "\"cache\"";

/// Signs the browser in.
pub fn set_session(token: &Token) -> Result<(), Fault> {
    let secure = is_secure(&*service()?);
    set_cookie(&cookies::session(token.reveal(), secure));
    Ok(())
}

/// Lets the browser be known again in which this person has signed in (A6).
pub async fn set_device(contact: ContactId) -> Result<(), Fault> {
    let service = service()?;
    let value = service::sessions::device(&service, contact).await?;
    set_cookie(&cookies::device(&value, is_secure(&service)));
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

/// Whether people come by https, where that is known.
pub fn secure() -> bool {
    // Where the pages are only listed, at the start, there is none.
    use_context::<Arc<Service>>().is_some_and(|service| is_secure(&service))
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

/// Says when to ask again.
pub fn set_retry_after(seconds: u64) {
    set_header(RETRY_AFTER, &seconds.to_string());
}

/// Sets the status of the answer.
pub fn set_status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// Sends the browser to another page of this house; what came from outside goes through
/// [`crate::ui::paths::local`] first. A program that runs in the page goes
/// there without a reload; a form without script is told by the status. The path is one of
/// [`crate::ui::paths`]; what somebody typed goes through [`crate::ui::paths::local`] before.
pub fn redirect(path: &str) {
    leptos_axum::redirect(path, false);
    match with_context(|parts: &Parts| parts.method == Method::GET) {
        Some(true) => set_status(StatusCode::FOUND),
        Some(false) if is_plain_form() => set_status(StatusCode::SEE_OTHER),
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
    let accepts_page = |parts: &Parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        parts.method == Method::POST && accept.contains("text/html")
    };
    with_context(accepts_page).unwrap_or_default()
}
