//! Refuses a post that another site has made a browser send (cross-site request forgery).
//!
//! Browsers say themselves where a request comes from (`Sec-Fetch-Site`, `Origin`); pages and
//! forms need no token for it. The session cookie is `SameSite=Lax` besides.

use tower_http::csrf::CsrfLayer;
use url::Url;

/// The layer; such a post is answered with 403. Our own address is trusted even when a proxy
/// asks us under another name.
pub fn layer(base_url: &Url) -> CsrfLayer {
    let origin = base_url.origin().ascii_serialization();
    CsrfLayer::new().add_trusted_origin(origin).unwrap_or_default()
}
