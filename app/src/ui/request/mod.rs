//! The request behind a page or a server function: who asks, from where, and what goes back
//! beside the answer. On the server only.

mod answer;

pub use answer::*;

use std::{fmt::Display, sync::Arc};

use domain::{Actor, FormKey};
use http::{header::COOKIE, request::Parts};
use leptos::prelude::*;
use service::{Cx, Origin, Service, returned::Returned};

use crate::ui::Fault;

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

/// The address of the page, without its query.
pub fn path() -> Option<String> {
    with_context(|parts: &Parts| parts.uri.path().to_owned())
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

/// The edition that a posted form was made from. What is no number is one that never was.
pub fn edition(typed: &str) -> i64 {
    typed.trim().parse().unwrap_or(-1)
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

/// The same of a database that cannot be used for a while.
pub fn not_now(error: &dyn Display) -> Fault {
    broken(error);
    Fault::NotNow
}

/// The same of a database that did not say whether it has committed.
pub fn outcome_unknown(error: &dyn Display) -> Fault {
    broken(error);
    Fault::OutcomeUnknown
}

/// The value of a cookie that the browser sent.
pub fn cookie(name: &str) -> Option<String> {
    let find = |parts: &Parts| {
        let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (found, value) = pair.trim().split_once('=')?;
            (found == name).then(|| value.to_owned())
        })
    };
    with_context(find).flatten()
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    with_context(|parts: &Parts| parts.extensions.get::<T>().cloned()).flatten()
}
