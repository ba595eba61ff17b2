//! How much one request may send.

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Actor;
use http::{HeaderMap, StatusCode, header::CONTENT_LENGTH};
use http_body_util::Limited;
use tower_http::limit::RequestBodyLimitLayer;

/// The longest form has a few fields of 10 kB; a body beyond this is no form of ours.
pub const MOST: usize = 256 * 1024;

/// The longest form of those who are not signed in is an application: a message of 2,000 letters, each of which may take 12 bytes on its
/// way. Many strangers at once send halves of forms, and all that has arrived is held until the rest has.
const OF_NOBODY: usize = 48 * 1024;

/// The layer; more is answered with 413.
pub fn layer() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(MOST)
}

/// Takes less of those who are not signed in: more is answered with 413 before anything of it is read, where it says how long it is.
pub async fn of_nobody(request: Request, next: Next) -> Response {
    if request.extensions().get::<Actor>().is_some() {
        return next.run(request).await;
    }
    if said(request.headers()).is_some_and(|bytes| bytes > OF_NOBODY) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, OF_NOBODY)))).await
}

fn said(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
