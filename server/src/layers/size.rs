//! How much one request may send.

use std::sync::Arc;

use app::Fault;
use axum::{
    body::HttpBody,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::Actor;
use tokio::sync::{Semaphore, SemaphorePermit};
use tower_http::limit::RequestBodyLimitLayer;

use super::words;
use crate::{returned::back, shared::Network};

/// The longest form has a few fields of 10 kB; a body beyond this is no form of ours.
pub const MOST: usize = 256 * 1024;

/// Sign-ins and applications are shorter than this; whoever is not signed in sends more only where a session ended meanwhile.
const SHORT: u64 = 16 * 1024;

/// So many longer bodies of people who are not signed in are on their way at once: 16 MiB in all.
const PLACES: usize = 64;

/// A sender holds a place for 30 seconds at the most; most are gone much sooner.
const SECONDS: u64 = 5;

/// The layer; more is answered with 413.
pub fn layer() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(MOST)
}

/// The places for long bodies of those who are not signed in. What has arrived of a body is held until the rest has, so many strangers
/// who send halves would fill the memory.
#[derive(Clone)]
pub struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

/// No place is free.
pub struct Taken;

impl Places {
    /// A place for the body of a request, to be held until it has been read; none for a short one, and for whoever is signed in.
    ///
    /// # Errors
    ///
    /// All are taken.
    pub fn take(&self, request: &Request) -> Result<Option<SemaphorePermit<'_>>, Taken> {
        let short = request.body().size_hint().upper().is_some_and(|bytes| bytes <= SHORT);
        if short || request.extensions().get::<Actor>().is_some() {
            return Ok(None);
        }
        self.0.try_acquire().map(Some).map_err(|_| Taken)
    }
}

/// Reads nothing of a long body by somebody who is not signed in while all places are taken: it says when to send it again.
pub async fn of_nobody(
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

/// What somebody is told for whom there is no place.
pub fn taken(network: &Network, request: &Request) -> Response {
    words::refused(&Fault::Busy { seconds: SECONDS }, back(request.uri(), request.headers(), &network.base_url))
}
