//! The address at which Stripe tells us what became of a payment: `POST /webhooks/stripe`.
//!
//! Its routes stand beside those of the assets in [`crate::router`]: outside of sessions and of the check for other sites,
//! because a webhook is nobody's browser and carries its own proof. Stripe takes any 2xx for heard and tells everything else
//! again, for three days (<https://docs.stripe.com/webhooks#retries>); so what does not concern us is heard as well, and only
//! what could not be written down is an error.

use std::sync::Arc;

use axum::{Router, body::Bytes, extract::DefaultBodyLimit, middleware::from_fn_with_state, routing::post};
use http::{HeaderMap, StatusCode};
use service::{card::Event, clock::Clock};

use super::Stripe;
use crate::{
    layers::size::{self, Audience, Places},
    sparing::Sparing,
};

/// Where it is.
pub const ADDRESS: &str = "/webhooks/stripe";

/// The address, for whoever writes down what was heard. It has to be quick: one transaction, and mail by the outbox.
pub fn routes<S, H, F>(stripe: Arc<Stripe>, clock: Clock, heard: H) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    H: Fn(Event) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<(), service::Error>> + Send,
{
    let forged = Arc::new(Sparing::new());
    let answer =
        async move |headers: HeaderMap, body: Bytes| hear(&stripe, &clock, &forged, &headers, &body, heard).await;
    Router::new()
        .route(ADDRESS, post(answer))
        .layer(DefaultBodyLimit::disable())
        .layer(size::layer())
        // Its own places: who sends halves of forms takes none from Stripe.
        .layer(from_fn_with_state((Places::default(), Audience::Programs), size::long))
}

/// Forged and garbled ones get a 400 and a line in the log, never a word of why: that is for the operator.
async fn hear<H, F>(
    stripe: &Stripe,
    clock: &Clock,
    forged: &Sparing,
    headers: &HeaderMap,
    body: &[u8],
    heard: H,
) -> (StatusCode, &'static str)
where
    H: Fn(Event) -> F,
    F: Future<Output = Result<(), service::Error>>,
{
    let event = match stripe.hear(headers, body, clock.now()) {
        Ok(Some(event)) => event,
        Ok(None) => return (StatusCode::OK, "not ours\n"),
        Err(error) => {
            // Everybody can send them, so they get one line a minute.
            if let Some(unsaid) = forged.say() {
                let event = "webhook.forged";
                tracing::warn!(target: "security", event, %error, unsaid, "a webhook of Stripe was not heard");
            }
            return (StatusCode::BAD_REQUEST, "not heard\n");
        }
    };
    let id = event.id.clone();
    match heard(event).await {
        Ok(()) => (StatusCode::OK, "heard\n"),
        Err(error) => {
            tracing::error!(event.id = %id, %error, "what Stripe told could not be written down; it will tell it again");
            (StatusCode::INTERNAL_SERVER_ERROR, "tell me again\n")
        }
    }
}
