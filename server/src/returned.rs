//! Brings a form that was refused back to a browser without script, with what was typed and why.
//!
//! A form of ours is posted to its server function under `/api`. With script the browser sends it
//! itself and reads the answer; that passes through untouched. Without script the browser asks for
//! a page, so a refusal has to become one: what was typed is kept for a while, and the browser is
//! sent back to the page of the form with `again=` and the number under which it is kept. Passwords
//! and tokens are never among it.
//!
//! Whoever is signed in finds what they sent, and nobody else does. What was sent by nobody (a
//! failed sign-in, a session that had ended) belongs to the browser that sent it, which holds a
//! cookie with its number: a link to it that somebody else made up shows nothing. What was sent with a session that has ended
//! meanwhile belongs to its person, who finds it after signing in again.
//!
//! Everybody in the world can send forms, so of nobody only the known fields of few forms are kept: see [`fields`] and
//! `store::drafts`.
//!
//! The form key stays with what was typed: a refused form did nothing, and after a fault of ours it
//! is the key that keeps a second try from doing it twice. Only when the key itself was refused it
//! is left out, so that the page gives the form a new one.

mod address;
mod browser;
mod fields;
mod form;

use std::{sync::Arc, time::Duration};

pub use address::{back, with_again};
use app::Fault;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Actor, ContactId, DraftId, RequestId};
use form::Form;
use http::{Method, StatusCode};
use service::{Error, Service, returned::Returned};
use tokio::time::timeout;

use crate::{
    cookie,
    layers::{size, words::accepts_html},
    shared::Network,
};

/// How long a form may take, so that there is still time to keep what was typed before the time limit of all requests.
const PATIENCE: Duration = Duration::from_secs(27);

/// Around everything: posts under `/api` by a browser without script, and pages with `again=`.
pub async fn layer(
    State(service): State<Arc<Service>>,
    State(network): State<Arc<Network>>,
    mut request: Request,
    next: Next,
) -> Response {
    if is_form(&request) {
        return answer_form(&service, &network, request, next).await;
    }
    if request.method() == Method::GET
        && let Some(id) = address::again(request.uri())
    {
        let sent_here = browser::sent(request.headers(), network.secure()) == Some(id);
        match find(&service, contact(&request), sent_here, id).await {
            Ok(Some(returned)) => drop(request.extensions_mut().insert(returned)),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "what was typed cannot be read"),
        }
    }
    next.run(request).await
}

/// Whether a browser without script sends a form.
pub fn is_form(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().starts_with("/api/") && accepts_html(request.headers())
}

/// What the person sent; or what nobody sent, when it was this browser that did.
async fn find(
    service: &Arc<Service>,
    contact: Option<ContactId>,
    sent_here: bool,
    id: DraftId,
) -> Result<Option<Returned>, Error> {
    match (service::returned::find(service, None, id).await?, contact) {
        (Some(of_nobody), _) => Ok(Some(of_nobody).filter(|_| sent_here)),
        (None, Some(_)) => service::returned::find(service, contact, id).await,
        (None, None) => Ok(None),
    }
}

async fn answer_form(service: &Arc<Service>, network: &Network, request: Request, next: Next) -> Response {
    let request_id = request_id(&request);
    let (form, request) = match read(network, request).await {
        Ok(read) => read,
        Err(too_large) => return too_large.into_response(),
    };
    match timeout(PATIENCE, next.run(request)).await {
        Ok(response) => form.answer(service, response).await,
        Err(_) => form.took_too_long(service, request_id).await,
    }
}

/// A form at a moment when the database does not answer: it can be sent again as it is.
pub async fn send_again(network: &Network, request: Request) -> Response {
    let fault = Fault::Broken { request: request_id(&request) };
    match read(network, request).await {
        Ok((form, _)) => form.send_again(&fault),
        Err(too_large) => too_large.into_response(),
    }
}

/// The form, and the request as it was.
async fn read(network: &Network, request: Request) -> Result<(Form, Request), StatusCode> {
    let contact = contact(&request);
    let back = back(request.uri(), request.headers(), &network.base_url);
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, size::MOST).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let endpoint = parts.uri.path().trim_start_matches("/api/").to_owned();
    let secure = network.secure();
    let token = cookie::token(&parts.headers, secure).map(ToOwned::to_owned);
    let before = browser::sent(&parts.headers, secure);
    let form = Form { back, endpoint, typed: fields::typed(&body), contact, token, before, secure };
    Ok((form, Request::from_parts(parts, Body::from(body))))
}

fn request_id(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
}

fn contact(request: &Request) -> Option<ContactId> {
    request.extensions().get::<Actor>().map(|actor| actor.contact)
}
