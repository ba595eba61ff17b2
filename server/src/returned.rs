//! Brings a form that was refused back to a browser without script, with what was typed and why.
//!
//! A form of ours is posted to its server function under `/api`. With script the browser sends it
//! itself and reads the answer; that passes through untouched. Without script the browser asks for
//! a page, so a refusal has to become one: what was typed is kept for a while, and the browser is
//! sent back to the page of the form with `again=` and the number under which it is kept. Passwords
//! and tokens are never among it.
//!
//! The form key stays with what was typed: a refused form did nothing, and after a fault of ours it
//! is the key that keeps a second try from doing it twice. Only when the key itself was refused it
//! is left out, so that the page gives the form a new one.

mod address;
mod fields;

use std::sync::Arc;

use app::{Fault, paths};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Actor, ContactId, DraftId};
use http::{
    HeaderName, HeaderValue, Method, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use service::{Service, returned::Returned};

use crate::{
    layers::{size, words::accepts_html},
    shared::Network,
};

/// Faults are a few sentences.
const FAULT_MOST: usize = 64 * 1024;

/// Around everything: posts under `/api` by a browser without script, and pages with `again=`.
pub async fn layer(
    State(service): State<Arc<Service>>,
    State(network): State<Arc<Network>>,
    mut request: Request,
    next: Next,
) -> Response {
    if is_form(&request) {
        let back = address::back(request.headers(), &network.base_url);
        return answer_form(&service, back, request, next).await;
    }
    if request.method() == Method::GET
        && let Some(id) = address::again(request.uri())
        && let Some(returned) = find(&service, contact(&request), id).await
    {
        request.extensions_mut().insert(returned);
    }
    next.run(request).await
}

fn is_form(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path().starts_with("/api/") && accepts_html(request.headers())
}

fn contact(request: &Request) -> Option<ContactId> {
    request.extensions().get::<Actor>().map(|actor| actor.contact)
}

/// What this person was sent back; or what was typed in this browser before its session ended.
async fn find(service: &Arc<Service>, contact: Option<ContactId>, id: DraftId) -> Option<Returned> {
    let whose = if contact.is_some() { vec![contact, None] } else { vec![None] };
    for contact in whose {
        match service::returned::find(service, contact, id).await {
            Ok(None) => {}
            Ok(found) => return found,
            Err(error) => tracing::error!(%error, "what was typed cannot be read"),
        }
    }
    None
}

async fn answer_form(service: &Arc<Service>, back: String, request: Request, next: Next) -> Response {
    let contact = contact(&request);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, size::MOST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let endpoint = parts.uri.path().trim_start_matches("/api/").to_owned();
    let form = Form { back, endpoint, typed: fields::typed(&body), contact };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        form.send_back(service, response).await
    } else {
        done(response, &form.back)
    }
}

/// The deed was done: on to where it says, or back to the page without what was refused before.
fn done(mut response: Response, back: &str) -> Response {
    if response.status().is_redirection() {
        let onward = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        let onward = onward.filter(|onward| address::stays_here(onward)).unwrap_or(back).to_owned();
        go(&mut response, &onward);
    }
    response
}

/// A form as it was posted.
struct Form {
    /// The page that it stands on.
    back: String,
    endpoint: String,
    typed: Vec<(String, String)>,
    contact: Option<ContactId>,
}

impl Form {
    async fn send_back(self, service: &Arc<Service>, mut response: Response) -> Response {
        let body = std::mem::take(response.body_mut());
        let json = to_bytes(body, FAULT_MOST).await.unwrap_or_default();
        let fault = Fault::de(json.clone());
        let fields = fields::to_keep(self.typed, &fault);
        let returned = Returned { endpoint: self.endpoint, fields, fault: String::from_utf8_lossy(&json).into_owned() };
        let onward = match service::returned::keep(service, self.contact, &returned).await {
            Ok(id) => address::with_again(&self.back, id),
            Err(error) => {
                tracing::error!(%error, "what was typed cannot be kept");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        };
        let onward = if matches!(fault, Fault::SignedOut) { paths::login_then(&onward) } else { onward };
        go(&mut response, &onward);
        response
    }
}

/// Sends the browser on. What else the answer carries stays, a cookie for instance; its body and what speaks of it goes.
fn go(response: &mut Response, onward: &str) {
    *response.status_mut() = StatusCode::SEE_OTHER;
    *response.body_mut() = Body::empty();
    for header in [CONTENT_TYPE, CONTENT_LENGTH, HeaderName::from_static(SERVER_FN_ERROR_HEADER)] {
        response.headers_mut().remove(header);
    }
    let onward = HeaderValue::try_from(onward).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(LOCATION, onward);
}
