//! Writes down who takes a list or keys home (X1): what has left the house can be looked for afterwards.

use std::sync::Arc;

use app::paths;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Actor;
use http::{Method, StatusCode};
use service::{Cx, Origin, Service};

use super::refused;

/// Around everything: a file that was not written down is not handed out, and nobody takes them without end.
pub async fn layer(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let asker = asker(&service, &request);
    if let Some(Err(error)) = asker.as_ref().map(service::export::may_take) {
        return refused(&error);
    }
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if let Some(cx) = asker.filter(|_| response.status().is_success())
        && let Err(error) = service::export::taken(&cx, &path).await
    {
        tracing::error!(%error, "a file cannot be written down");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    response
}

fn asker(service: &Arc<Service>, request: &Request) -> Option<Cx> {
    if request.method() != Method::GET || !is_taken(request.uri().path()) {
        return None;
    }
    let actor = request.extensions().get::<Actor>().cloned()?;
    Some(Cx::new(service.clone(), actor, request.extensions().get::<Origin>().cloned()?))
}

/// Lists and keys; neither papers, which are sent by mail too, nor the template of an import, which holds nothing.
fn is_taken(path: &str) -> bool {
    (path.ends_with(".csv") || path.ends_with("/keys.txt")) && path != paths::IMPORT_TEMPLATE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x1_every_list_and_all_keys_are_written_down_and_papers_are_not() {
        let not = |path: &str| path.ends_with(".pdf") || path == paths::IMPORT_TEMPLATE;
        for (path, _) in super::super::routes() {
            assert_eq!(is_taken(path), !not(path), "{path}");
        }
    }
}
