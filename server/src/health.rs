//! Whether the program is alive, and whether it is ready for requests.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use http::{StatusCode, header::CACHE_CONTROL};
use service::Service;
use tokio::{sync::Semaphore, time::timeout};

use crate::{Closing, Shared};

/// An answer of the database that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where they are.
pub fn routes() -> [(&'static str, MethodRouter<Shared>); 2] {
    [("/healthz", get(alive)), ("/readyz", get(ready))]
}

async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "alive\n")
}

/// A few look at a time, however many ask: readers of the database are for people.
async fn looked(service: &Service) -> Result<(), store::Error> {
    static AT_ONCE: Semaphore = Semaphore::const_new(2);
    let _one = AT_ONCE.acquire().await;
    service.store.ready().await
}

/// The database answers, its migrations are done, and we are not about to stop.
async fn ready(State(service): State<Arc<Service>>, State(closing): State<Closing>) -> impl IntoResponse {
    let (status, words) = if closing.has_begun() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        match timeout(PATIENCE, looked(&service)).await {
            Ok(Ok(())) => (StatusCode::OK, "ready\n"),
            Ok(Err(error)) => {
                tracing::error!(%error, "the database is not ready");
                (StatusCode::SERVICE_UNAVAILABLE, "the database is not ready\n")
            }
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
        }
    };
    (status, [(CACHE_CONTROL, "no-store")], words)
}
