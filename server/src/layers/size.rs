//! How much one request may send, and how many may send much at once.

mod places;

use std::sync::Arc;

use app::Fault;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use service::AGAIN_SECONDS;
use tower_http::limit::RequestBodyLimitLayer;

pub use self::places::{Places, Taken};
use super::words;
use crate::{returned::back, shared::Network};

/// The longest form has a few fields of 10 kB; a body beyond this is no form of ours.
pub const MOST: usize = 256 * 1024;

/// The layer; more is answered with 413.
pub fn layer() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(MOST)
}

/// Reads nothing of a long body while there is no place for it: it says when to send it again.
pub async fn long(
    State(places): State<Places>,
    State(network): State<Arc<Network>>,
    request: Request,
    next: Next,
) -> Response {
    match places.take(&request) {
        Ok(_place) => next.run(request).await,
        Err(Taken) => taken(&network, &request),
    }
}

/// The same for what no browser sends: it is told again.
pub async fn long_of_programs(State(places): State<Places>, request: Request, next: Next) -> Response {
    match places.take(&request) {
        Ok(_place) => next.run(request).await,
        Err(Taken) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What somebody is told for whom there is no place.
pub fn taken(network: &Network, request: &Request) -> Response {
    words::refused(&Fault::Busy { seconds: AGAIN_SECONDS }, back(request.uri(), request.headers(), &network.base_url))
}
