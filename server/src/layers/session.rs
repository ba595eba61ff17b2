//! Finds out who asks: the session cookie becomes an `Actor`, the connection an `Origin`.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{AccountId, Actor, ContactId, RequestId};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{CACHE_CONTROL, USER_AGENT},
};
use service::{Origin, Service};

use super::{address::Client, size};
use crate::{cookie, events, returned, shared::Network};

/// Browsers say what they are in some 150 characters; no more than this is kept.
const BROWSER_MOST: usize = 400;
/// Nothing is stored, in no cache and in no history.
const NOT_STORED: HeaderValue = HeaderValue::from_static("no-store");
/// The browser asks again each time: somebody may have signed in since.
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Who has asked, for the log.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// The person.
    pub contact: ContactId,
    /// Their account.
    pub account: AccountId,
}

/// Puts `Origin`, and `Actor` when signed in, into the request's extensions, and keeps what a
/// signed-in person is shown out of every cache.
pub async fn layer(
    State(service): State<Arc<Service>>,
    State(network): State<Arc<Network>>,
    State(places): State<size::Places>,
    mut request: Request,
    next: Next,
) -> Response {
    let origin = origin(&request, &service, network.secure());
    if let Some(token) = cookie::token(request.headers(), network.secure()).map(ToOwned::to_owned) {
        // A page that stands open listens, and connects again, without anybody there.
        let found = if request.uri().path() == events::PATH {
            service::sessions::look_up(&service, &token).await
        } else {
            service::sessions::resolve(&service, &token, &origin).await
        };
        match found {
            Ok(Some(actor)) => {
                request.extensions_mut().insert(actor);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "a session cannot be looked up");
                if !returned::is_form(&request) {
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                }
                return match places.take(&request) {
                    Ok(_place) => returned::send_again(&network, request).await,
                    Err(size::Taken) => size::taken(&network, &request),
                };
            }
        }
    }
    request.extensions_mut().insert(origin);
    let private = is_private(&request);
    let asker =
        request.extensions().get::<Actor>().map(|actor| Asker { contact: actor.contact, account: actor.account });
    let mut response = next.run(request).await;
    if let Some(asker) = asker {
        response.extensions_mut().insert(asker);
    }
    keep_out_of_caches(response.headers_mut(), private);
    response
}

fn origin(request: &Request, service: &Service, secure: bool) -> Origin {
    let client = request.extensions().get::<Client>().map(|client| client.0.to_string());
    let browser = request.headers().get(USER_AGENT).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let id = request.extensions().get::<RequestId>().copied();
    Origin {
        address: client.unwrap_or_default(),
        browser: browser.chars().take(BROWSER_MOST).collect(),
        device: cookie::device(request.headers(), secure).map(ToOwned::to_owned),
        request: id.unwrap_or_else(|| service.random.uuid().into()),
    }
}

/// Signed in, or something that says who somebody is: what was posted or came back, a link of a mail.
fn is_private(request: &Request) -> bool {
    request.extensions().get::<Actor>().is_some()
        || request.method() != Method::GET
        || request.uri().query().is_some()
        || ["/activate/", "/reset/"].iter().any(|page| request.uri().path().starts_with(page))
}

fn keep_out_of_caches(headers: &mut HeaderMap, private: bool) {
    if private {
        headers.insert(CACHE_CONTROL, NOT_STORED);
    } else {
        headers.entry(CACHE_CONTROL).or_insert(ASKED_AGAIN);
    }
}
