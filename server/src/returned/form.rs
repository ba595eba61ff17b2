//! A form as it was posted, and where its browser goes with the answer.

use std::{sync::Arc, time::Duration};

use app::{Fault, paths};
use axum::{
    body::{Body, to_bytes},
    response::Response,
};
use domain::{ContactId, DraftId};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
};
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use service::{Error, Service, returned::Returned};
use tokio::time::timeout;

use super::{address, browser, fields};
use crate::layers::{outcome::Outcome, words};

/// A database that takes longer to keep what was typed does not answer.
const PATIENCE: Duration = Duration::from_secs(2);
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
    /// The token of the session that it came with, which may be over.
    pub token: Option<String>,
    /// What a browser without a session sent before.
    pub before: Option<DraftId>,
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
            let onward = onward.filter(|onward| paths::stays_here(onward)).unwrap_or(&self.back).to_owned();
            go(&mut response, &onward);
        }
        response
    }

    async fn send_back(self, service: &Arc<Service>, mut response: Response) -> Response {
        let body = std::mem::take(response.body_mut());
        let json = to_bytes(body, FAULT_MOST).await.unwrap_or_default();
        let fault = Fault::de(json.clone());
        let keeping = self.keep(service, &fault, String::from_utf8_lossy(&json).into_owned());
        let kept = match timeout(PATIENCE, keeping).await {
            Ok(Ok(kept)) => kept,
            Ok(Err(error)) => {
                tracing::error!(%error, "what was typed cannot be kept");
                return noted_as(&response, self.send_again(&fault));
            }
            Err(_) => {
                tracing::error!("what was typed cannot be kept: the database does not answer");
                return noted_as(&response, self.send_again(&fault));
            }
        };
        let page = match kept {
            Some(Kept { id, of_nobody }) => {
                if of_nobody {
                    browser::remember(response.headers_mut(), self.secure, id);
                }
                address::with_again(&self.back, id)
            }
            None if fault == Fault::SignedOut => self.back,
            None if fault.is_ours() => return noted_as(&response, self.send_again(&fault)),
            None => return noted_as(&response, self.not_kept(&fault)),
        };
        go(&mut response, &if fault == Fault::SignedOut { paths::login_then(&page) } else { page });
        response
    }

    /// The database does not take what was typed: the answer itself holds it, with the same key, wherever somebody would have to type it
    /// once more otherwise.
    pub fn send_again(self, fault: &Fault) -> Response {
        if fault.is_ours() || matches!(fault, Fault::Fields(_) | Fault::Refused(_)) {
            let fields = fields::to_keep(self.typed, fault);
            words::again(fault, &self.endpoint, fields, self.back)
        } else {
            words::refused(fault, self.back)
        }
    }

    /// Nothing was kept of a form of nobody. After too many tries the answer itself holds what was typed, as an application, if that is the
    /// whole form: without its password or its link it would be of no use.
    fn not_kept(self, fault: &Fault) -> Response {
        let sent = self.typed.len();
        let fields = fields::to_keep(self.typed, fault);
        if matches!(fault, Fault::TooMany { .. } | Fault::Busy { .. }) && fields.len() == sent {
            words::again(fault, &self.endpoint, fields, self.back)
        } else {
            words::refused(fault, self.back)
        }
    }

    /// It took too long, so nobody knows whether it was done.
    pub async fn took_too_long(self, service: &Arc<Service>, request: String) -> Response {
        tracing::error!(request.id = %request, "a form took too long");
        let fault = Fault::Broken { request };
        let mut response = Response::new(Body::from(fault.ser().body));
        *response.status_mut() = StatusCode::GATEWAY_TIMEOUT;
        self.send_back(service, response).await
    }

    /// Keeps it for who sent it: the person, also when their session has ended meanwhile, or a browser in which nobody is signed in.
    async fn keep(&self, service: &Arc<Service>, fault: &Fault, json: String) -> Result<Option<Kept>, Error> {
        let fields = fields::to_keep(self.typed.clone(), fault);
        let endpoint = self.endpoint.clone();
        let contact = match (self.contact, &self.token) {
            (None, Some(token)) if *fault == Fault::SignedOut => service::sessions::holder(service, token).await?,
            (contact, _) => contact,
        };
        if let Some(contact) = contact {
            let kept = service::returned::keep(service, contact, Returned { endpoint, fields, fault: json }).await?;
            return Ok(kept.map(|id| Kept { id, of_nobody: false }));
        }
        let Some(fields) = fields::of_nobody(&endpoint, fields, fault) else { return Ok(None) };
        let returned = Returned { endpoint, fields, fault: json };
        let kept = service::returned::keep_of_nobody(service, self.before, returned).await?;
        Ok(kept.map(|id| Kept { id, of_nobody: true }))
    }
}

/// Under which number it is kept, and whether a browser has to remember it.
struct Kept {
    id: DraftId,
    of_nobody: bool,
}

/// An answer in place of that one, which is noted for the log as the same.
fn noted_as(response: &Response, mut instead: Response) -> Response {
    if let Some(noted) = response.extensions().get::<Outcome>() {
        instead.extensions_mut().insert(noted.clone());
    }
    instead
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
