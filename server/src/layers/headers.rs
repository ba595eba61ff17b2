//! The headers that make browsers careful, on every answer.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        CONTENT_SECURITY_POLICY, REFERRER_POLICY, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
};
use service::AGAIN_SECONDS;

use crate::shared::Network;

/// Each with the reason that it is there.
const ALWAYS: [(HeaderName, &str); 6] = [
    // A file is what its type says, whatever it looks like.
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Other sites do not learn our addresses; our own forms need theirs to come back to.
    (REFERRER_POLICY, "same-origin"),
    // No page in a frame, no window of another site that holds on to ours, nothing of ours in their pages.
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // We never ask for any of these.
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// A page brings its own policy, with the nonce of its scripts. Everything else is no page and runs nothing.
const NO_PAGE: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
/// Two years, as browsers ask for; of this host only, because its other names are not ours to decide on.
const ONLY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Adds what the answer has not set itself.
pub async fn layer(State(network): State<Arc<Network>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let status = response.status();
    add(response.headers_mut(), status, network.secure());
    response
}

fn add(headers: &mut HeaderMap, status: StatusCode, secure: bool) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT) {
        headers.entry(RETRY_AFTER).or_insert_with(|| AGAIN_SECONDS.into());
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NO_PAGE);
    if secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
    }
}
