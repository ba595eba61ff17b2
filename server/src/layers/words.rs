//! Puts words to an answer that a layer gave without any: too large, too many, too slow, not here, a bug.
//!
//! The layers themselves only give a status. A browser gets a plain page with a way out and the
//! request's id; the program in a page gets the fault that it understands; all else gets the sentence.

use app::Fault;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::RequestId;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER},
};
use leptos::{config::LeptosOptions, prelude::FromServerFnError, server_fn::error::SERVER_FN_ERROR_HEADER};

/// The page has one style sheet and nothing else.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
);

/// Replaces the body of a bare error; answers with words of their own pass.
pub async fn layer(State(options): State<LeptosOptions>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let for_people = accepts_html(request.headers());
    let for_the_program = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_bare(&response) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let seconds = parts.headers.get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    parts.headers.remove(CONTENT_LENGTH);
    let (kind, words) = if for_people {
        parts.headers.insert(CONTENT_SECURITY_POLICY, PAGE_POLICY);
        ("text/html; charset=utf-8", Body::from(page(&options.css_path(), parts.status, seconds, &id)))
    } else if for_the_program {
        ("application/json", Body::from(fault(parts.status, seconds, id).ser().body))
    } else {
        ("text/plain; charset=utf-8", Body::from(format!("{}\n", words(parts.status).1)))
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

/// All that is put in is ours: nothing of the request is repeated.
fn page(style: &str, status: StatusCode, seconds: Option<u64>, id: &str) -> String {
    let (title, sentence) = words(status);
    let wait = seconds.map(|seconds| format!(" That is {seconds} s.")).unwrap_or_default();
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Keyhouse</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main id="main" class="gate">
<section class="gate-card">
<h1>{title}</h1>
<p>{sentence}{wait}</p>
<p><a href="/">Go to the start page</a></p>
<p class="gate-end"><small>Request {id}</small></p>
</section>
</main>
</body>
</html>
"#
    )
}

#[cfg(test)]
mod tests;
