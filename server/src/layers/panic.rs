//! A bug in one request ends that request, not the program.

use std::any::Any;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;

/// The layer; the answer is 500, and the log says what happened.
pub fn layer() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(log as fn(Box<dyn Any + Send>) -> Response)
}

fn log(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(panic = words, "a request came upon a bug");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
