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

/// Who sends the bodies, and so what is told where there is no place for one.
#[derive(Debug, Clone)]
pub enum Audience {
    /// Browsers: people read a sentence and find the way back, and the program in a page reads a fault.
    Browsers(Arc<Network>),
    /// What no browser sends: the status is enough, and it is sent again.
    Programs,
}

/// Reads nothing of a long body while there is no place for it: it says when to send it again.
pub async fn long(State((places, audience)): State<(Places, Audience)>, request: Request, next: Next) -> Response {
    match (places.take(&request), audience) {
        (Ok(_place), _) => next.run(request).await,
        (Err(Taken), Audience::Browsers(network)) => taken(&network, &request),
        (Err(Taken), Audience::Programs) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What somebody is told for whom there is no place.
pub fn taken(network: &Network, request: &Request) -> Response {
    words::refused(&Fault::Busy { seconds: AGAIN_SECONDS }, back(request.uri(), request.headers(), &network.base_url))
}
