//! Gives each request an id: in the logs, in the audit log, on an error page and in the answer.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::RequestId;
use http::{HeaderName, HeaderValue};
use service::Service;

/// Where the answer carries it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request. An id that a client sends is ignored: nobody writes another's into our logs.
pub async fn layer(State(service): State<Arc<Service>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::from(service.random.uuid());
    request.extensions_mut().insert(id);
    let mut response = next.run(request).await;
    let id = HeaderValue::try_from(id.to_string()).expect("an id is hex digits and dashes");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}
