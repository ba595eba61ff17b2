//! Puts words to an answer that a layer gave without any: too large, too many, too slow, not here, a bug.
//!
//! The layers themselves only give a status. A browser gets a plain page with a way out and the
//! request's id; the program in a page gets the fault that it understands, in the form that it asks for; all else gets the sentence.
//!
//! A form that was sent without script leads back to its page. When what was typed could not or may not be kept for that page, the same
//! form stands in the page of the error and can be sent again.

mod page;

use app::{Asked, Fault, PACKED};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::{RequestId, actor::Due};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER},
};
use leptos::{prelude::FromServerFnError, server_fn::error::SERVER_FN_ERROR_HEADER};
use url::{Url, form_urlencoded};

use self::page::Page;
use super::outdated::asked;
use crate::{Shared, returned::back};

/// The page has one style sheet, and may hold the form that is sent again.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
);

/// What the layer has to know of this installation.
#[derive(Clone)]
pub struct Words {
    style: String,
    base_url: Url,
}

impl Words {
    /// Of this portal.
    pub fn new(shared: &Shared) -> Self {
        Self { style: shared.options.css_path(), base_url: shared.network.base_url.clone() }
    }
}

/// What is known of a form that failed.
#[derive(Debug, Clone, Default)]
pub struct Failed {
    /// What the page is called in place of the usual title.
    title: Option<&'static str>,
    /// What is said in place of the usual words.
    sentence: Option<String>,
    /// The page that the form stands on.
    back: Option<String>,
    /// The form, to be sent again: where to, and its fields.
    again: Option<(String, Vec<(String, String)>)>,
}

/// A form that was refused, without anything that the page of the form could show: the words of the fault, and the way back.
pub fn refused(fault: &Fault, back: String) -> Response {
    told(fault, Some(back))
}

/// A file that somebody does not get: the words of the fault, and there is no form to go back to.
pub fn denied(fault: &Fault) -> Response {
    told(fault, None)
}

fn told(fault: &Fault, back: Option<String>) -> Response {
    let mut response = bare(fault, fault.status());
    let (title, sentence) = (title_of(fault), Some(fault.to_string()));
    response.extensions_mut().insert(Failed { title, sentence, back, again: None });
    response
}

/// An answer without words as yet, and when to come again where the fault says that.
fn bare(fault: &Fault, status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Fault::TooMany { seconds } | Fault::Busy { seconds } = fault {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

/// What the page of a fault is called where the usual title of its status speaks of something else.
const fn title_of(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::Due(Due::Debt) => Some("Your account is suspended"),
        Fault::Due(_) | Fault::Unconfirmed => Some("This is not possible now"),
        _ => None,
    }
}

/// A form that could not be kept for its page: it can be sent again as it was, with the same key.
pub fn again(fault: &Fault, endpoint: &str, fields: Vec<(String, String)>, back: String) -> Response {
    let too_many = matches!(fault, Fault::TooMany { .. });
    let mut response = bare(fault, if too_many { fault.status() } else { StatusCode::SERVICE_UNAVAILABLE });
    let action = format!(
        "/api/{endpoint}?{}",
        form_urlencoded::Serializer::new(String::new()).append_pair("back", &back).finish()
    );
    response.extensions_mut().insert(Failed {
        title: None,
        sentence: Some(sentence_of(fault)),
        back: Some(back),
        again: Some((action, fields)),
    });
    response
}

/// What is said above a form that can be sent again: whether it may have been done, or when.
fn sentence_of(fault: &Fault) -> String {
    match fault {
        Fault::NotNow | Fault::OutcomeUnknown | Fault::TooMany { .. } | Fault::Busy { .. } => fault.to_string(),
        Fault::Fields(_) | Fault::Refused(_) => format!("{fault} {}", page::NOT_KEPT),
        _ => page::UNKNOWN.to_owned(),
    }
}

/// Replaces the body of a bare error; answers with words of their own pass.
pub async fn layer(State(known): State<Words>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let (for_people, asked) = (accepts_html(request.headers()), asked(request.headers()));
    let for_the_program = request.uri().path().starts_with("/api/");
    let is_form = for_the_program && request.method() == Method::POST;
    let from = is_form.then(|| back(request.uri(), request.headers(), &known.base_url));
    let response = next.run(request).await;
    if !is_bare(&response) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let seconds = parts.headers.get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    parts.headers.remove(CONTENT_LENGTH);
    let failed = parts.extensions.remove::<Failed>().unwrap_or_default();
    let (title, usual) = words(parts.status);
    let (kind, words) = if for_people {
        parts.headers.insert(CONTENT_SECURITY_POLICY, PAGE_POLICY);
        let unknown = is_form && matches!(parts.status.as_u16(), 500 | 503 | 504);
        let page = Page {
            style: &known.style,
            title: failed.title.unwrap_or(title),
            sentence: failed.sentence.as_deref().unwrap_or(if unknown { page::UNKNOWN } else { usual }),
            seconds: seconds.filter(|_| failed.sentence.is_none()),
            back: failed.back.as_deref().or(from.as_deref()),
            again: failed.again.as_ref(),
            id: &id,
        };
        ("text/html; charset=utf-8", Body::from(page.to_string()))
    } else if for_the_program {
        let fault = fault(parts.status, seconds, id);
        match asked {
            Asked::Packed => (PACKED, Body::from(fault.packed())),
            Asked::Json | Asked::Outdated => ("application/json", Body::from(fault.ser().body)),
        }
    } else {
        ("text/plain; charset=utf-8", Body::from(format!("{}\n", failed.sentence.as_deref().unwrap_or(usual))))
    };
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, words)
}

/// Whether a browser asks for a page, or sends a form without script.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().any(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")))
}

/// An error without words for people: no body, or the one line of a library.
fn is_bare(response: &Response<Body>) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let answered = response.headers().contains_key(SERVER_FN_ERROR_HEADER);
    failed && !answered && kind.is_none_or(|kind| kind.starts_with(b"text/plain"))
}

/// For the program in a page.
fn fault(status: StatusCode, seconds: Option<u64>, request: String) -> Fault {
    match status {
        StatusCode::NOT_FOUND => Fault::NotFound,
        StatusCode::UNAUTHORIZED => Fault::SignedOut,
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => Fault::TooMany { seconds: seconds.unwrap_or(1) },
        StatusCode::SERVICE_UNAVAILABLE if let Some(seconds) = seconds => Fault::Busy { seconds },
        _ => Fault::Broken { request },
    }
}

/// For people: a title, and what to do.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::UNAUTHORIZED => {
            ("Please sign in", "You are not signed in, or not any more. Sign in and try again.")
        }
        StatusCode::FORBIDDEN => (
            "Not from here",
            "This was sent from another site, so nothing was done. Open the page here and send it again.",
        ),
        StatusCode::NOT_FOUND => ("Not found", "There is nothing at this address, or nothing that you may see."),
        StatusCode::METHOD_NOT_ALLOWED => ("Not like this", "This address is not for such a request."),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Too much text",
            "A form may hold 256 KiB, and this was more. Nothing was stored: go back, shorten it and send it again.",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "Not in this form",
            "This was not sent as our own forms send it, so nothing was done. Open the page here and send it again.",
        ),
        StatusCode::TOO_MANY_REQUESTS => {
            ("Too fast", "Too many requests came from your network. Wait a little and try again.")
        }
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            ("Not now", "This took too long, or cannot be done right now. Wait a moment and try again.")
        }
        status if status.is_server_error() => (
            "Something went wrong",
            "This is our fault, not yours. Try again; if it happens again, tell us the number of the request.",
        ),
        _ => {
            ("Not understood", "This request could not be understood. Go back, open the page again and try once more.")
        }
    }
}

#[cfg(test)]
mod tests;
