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
//! cookie with its number: a link to it that somebody else made up shows nothing.
//!
//! The form key stays with what was typed: a refused form did nothing, and after a fault of ours it
//! is the key that keeps a second try from doing it twice. Only when the key itself was refused it
//! is left out, so that the page gives the form a new one.

mod address;
mod browser;
mod fields;
mod form;

use std::sync::Arc;

pub use address::with_again;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Actor, ContactId, DraftId};
use form::Form;
use http::{Method, StatusCode};
use service::{Error, Service, returned::Returned};

use crate::{
    layers::{size, words::accepts_html},
    shared::Network,
};

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
        let sent_here = browser::sent(request.headers(), network.secure(), id);
        match find(&service, contact(&request), sent_here, id).await {
            Ok(Some(returned)) => drop(request.extensions_mut().insert(returned)),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "what was typed cannot be read"),
        }
    }
    next.run(request).await
}

fn is_form(request: &Request) -> bool {
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
    let contact = contact(&request);
    let back = address::back(request.headers(), &network.base_url);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, size::MOST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let endpoint = parts.uri.path().trim_start_matches("/api/").to_owned();
    let form = Form { back, endpoint, typed: fields::typed(&body), contact, secure: network.secure() };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    form.answer(service, response).await
}

fn contact(request: &Request) -> Option<ContactId> {
    request.extensions().get::<Actor>().map(|actor| actor.contact)
}
