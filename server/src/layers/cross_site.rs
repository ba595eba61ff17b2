//! Refuses a post that another site has made a browser send (cross-site request forgery).
//!
//! Browsers say themselves where a request comes from (`Sec-Fetch-Site`, `Origin`); pages and
//! forms need no token for it. The session cookie is `SameSite=Lax` besides.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header::ORIGIN};
use tower_http::csrf::CsrfLayer;
use url::Url;

use crate::shared::Network;

/// The layer; such a post is answered with 403. Our own address is trusted even when a proxy
/// asks us under another name.
pub fn layer(base_url: &Url) -> CsrfLayer {
    let origin = base_url.origin().ascii_serialization();
    CsrfLayer::new().add_trusted_origin(origin).unwrap_or_default()
}

/// Of a browser that says `Origin` alone, that layer compares the host and not the scheme. Where people come by https, a page that came in
/// the clear is not ours, whatever host it names: somebody on the network may have made it.
pub async fn downgrade(State(network): State<Arc<Network>>, request: Request, next: Next) -> Response {
    if network.secure() && is_sent_in_the_clear(request.method(), request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

fn is_sent_in_the_clear(method: &Method, headers: &HeaderMap) -> bool {
    let reads = matches!(method, &Method::GET | &Method::HEAD | &Method::OPTIONS);
    let says_more = headers.get("sec-fetch-site").is_some_and(|site| !site.is_empty());
    !reads && !says_more && headers.get_all(ORIGIN).iter().any(|origin| origin.as_bytes().starts_with(b"http://"))
}
