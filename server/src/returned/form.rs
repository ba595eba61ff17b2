//! A form as it was posted, and where its browser goes with the answer.

use std::sync::Arc;

use app::{Fault, paths};
use axum::{
    body::{Body, to_bytes},
    response::{IntoResponse, Response},
};
use domain::ContactId;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use service::{Service, returned::Returned};

use super::{address, browser, fields};

/// Faults are a few sentences.
const FAULT_MOST: usize = 64 * 1024;

/// A form as it was posted.
pub struct Form {
    /// The page that it stands on.
    pub back: String,
    /// The server function, `licenses/edit`.
    pub endpoint: String,
    /// All of its fields.
    pub typed: Vec<(String, String)>,
    /// Who sent it, if that is known.
    pub contact: Option<ContactId>,
    /// It came by https.
    pub secure: bool,
}

impl Form {
    /// Makes a page of what the server function says.
    pub async fn answer(self, service: &Arc<Service>, response: Response) -> Response {
        if response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
            self.send_back(service, response).await
        } else {
            self.done(response)
        }
    }

    /// The deed was done: on to where it says, or back to the page without what was refused before.
    fn done(self, mut response: Response) -> Response {
        if response.status().is_redirection() {
            let onward = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let onward = onward.filter(|onward| address::stays_here(onward)).unwrap_or(&self.back).to_owned();
            go(&mut response, &onward);
        }
        response
    }

    async fn send_back(self, service: &Arc<Service>, mut response: Response) -> Response {
        let body = std::mem::take(response.body_mut());
        let json = to_bytes(body, FAULT_MOST).await.unwrap_or_default();
        let fault = Fault::de(json.clone());
        let fields = fields::to_keep(self.typed, &fault);
        let returned = Returned { endpoint: self.endpoint, fields, fault: String::from_utf8_lossy(&json).into_owned() };
        let id = match service::returned::keep(service, self.contact, &returned).await {
            Ok(id) => id,
            Err(error) => {
                tracing::error!(%error, "what was typed cannot be kept");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        };
        if self.contact.is_none() {
            browser::remember(response.headers_mut(), self.secure, id);
        }
        let page = address::with_again(&self.back, id);
        go(&mut response, &if fault == Fault::SignedOut { paths::login_then(&page) } else { page });
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
