//! Does nothing for a page that was made by another release: its program would misread what it is told.
//!
//! Such a page has been open since before an update, or another server of an update that is still going on made it. It is told so by
//! a status of its own and nothing else, since another release may write even its faults otherwise.

use app::Asked;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header::ACCEPT};

/// The layer; it stands before everything that could do something, or say something.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") && asked(request.headers()) == Asked::Outdated {
        return StatusCode::PRECONDITION_FAILED.into_response();
    }
    next.run(request).await
}

/// In which form the answer is asked for.
pub fn asked(headers: &HeaderMap) -> Asked {
    Asked::of(headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()))
}
