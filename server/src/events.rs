//! Tells an open page that something of its account has changed: server-sent events at `/events`.
//!
//! A page knows the version of the account that it was made from and asks for what came since
//! (`?since=7`); a browser that connects again says which event it saw last. So a listener that
//! was away, or spoke to another process, misses nothing.

mod listener;
mod streams;

use std::{convert::Infallible, sync::Arc};

use app::Fault;
use axum::{
    Extension, Json,
    extract::{Query, State},
    response::{IntoResponse, Response, Sse},
    routing::{MethodRouter, get},
};
use domain::Actor;
use futures::stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::RETRY_AFTER};
use listener::Listener;
use serde::Deserialize;
use service::{Cx, Error, Origin, Service};

pub use self::streams::Streams;
use crate::{Closing, Shared};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// Asks a proxy to hand on each event at once.
const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// The address.
pub const PATH: &str = "/events";

/// Where it is.
pub fn route() -> (&'static str, MethodRouter<Shared>) {
    (PATH, get(events))
}

#[derive(Deserialize)]
struct Since {
    /// The version that the page was made from; without it, what is now counts as seen.
    since: Option<String>,
}

async fn events(
    State(service): State<Arc<Service>>,
    State(closing): State<Closing>,
    State(streams): State<Streams>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Some(open) = streams.open(&actor, &origin.address) else {
        return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "60")]).into_response();
    };
    let seen = seen(&headers, since.since.as_deref());
    match Listener::new(Cx::new(service, actor, origin), closing, seen).await {
        Ok(listener) => {
            let events = stream::unfold((listener, open), |(mut listener, open)| async {
                let event = listener.next().await?;
                Some((Ok::<_, Infallible>(event), (listener, open)))
            });
            ([UNBUFFERED], Sse::new(events)).into_response()
        }
        Err(Error::Due(due)) => (StatusCode::FORBIDDEN, Json(Fault::Due(due))).into_response(),
        Err(error) => {
            tracing::error!(%error, "the version of an account cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// What the listener has seen: the last event counts more than the address, which stays that of
/// the first connection. What is no version is as good as none.
fn seen(headers: &HeaderMap, since: Option<&str>) -> Option<i64> {
    let last = headers.get(LAST_EVENT_ID).and_then(|last| last.to_str().ok());
    last.and_then(|last| last.trim().parse().ok()).or_else(|| since?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_event_counts_more_than_the_address() {
        let none = HeaderMap::new();
        let last = HeaderMap::from_iter([(LAST_EVENT_ID, HeaderValue::from_static("9"))]);
        let nonsense = HeaderMap::from_iter([(LAST_EVENT_ID, HeaderValue::from_static("nine"))]);
        assert_eq!(seen(&none, Some("7")), Some(7));
        assert_eq!(seen(&last, Some("7")), Some(9));
        assert_eq!(seen(&nonsense, Some("7")), Some(7));
        assert_eq!(seen(&none, Some("seven")), None);
        assert_eq!(seen(&none, None), None);
    }
}
