//! How much one request may send.

use tower_http::limit::RequestBodyLimitLayer;

/// The longest form has a few fields of 10 kB; a body beyond this is no form of ours.
pub const MOST: usize = 256 * 1024;

/// The layer; more is answered with 413.
pub fn layer() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(MOST)
}
