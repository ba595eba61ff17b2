//! Whether the program is alive, and whether it is ready for requests.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::State,
    response::IntoResponse,
    routing::{MethodRouter, get},
};
use http::{StatusCode, header::CACHE_CONTROL};
use service::Service;
use tokio::{sync::Mutex, time::timeout};

use crate::{Closing, Shared};

/// An answer of the database that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// For so long an answer holds for everybody who asks: asking often is no load on the database.
const HOLDS: Duration = Duration::from_secs(1);

/// Where they are.
pub fn routes() -> [(&'static str, MethodRouter<Shared>); 2] {
    let last = Arc::new(Mutex::new(None));
    let ready = move |service: State<Arc<Service>>, closing: State<Closing>| ready(service.0, closing.0, last.clone());
    [("/healthz", get(alive)), ("/readyz", get(ready))]
}

/// What the database answered last, and when.
type Last = Arc<Mutex<Option<(Instant, Answer)>>>;

type Answer = (StatusCode, &'static str);

async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "alive\n")
}

/// The database answers, its migrations are done, it can be written, and we are not about to stop.
async fn ready(service: Arc<Service>, closing: Closing, last: Last) -> impl IntoResponse {
    let (status, words) = if closing.has_begun() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        // In a task of its own, so that who asks and goes away lets nobody else ask sooner.
        let asked = tokio::spawn(async move { answer(&service, &mut *last.lock().await).await });
        asked.await.unwrap_or((StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"))
    };
    (status, [(CACHE_CONTROL, "no-store")], words)
}

/// The last answer, or another one if that is old. Who asks meanwhile waits for it.
async fn answer(service: &Service, last: &mut Option<(Instant, Answer)>) -> Answer {
    match *last {
        Some((at, answer)) if at.elapsed() < HOLDS => answer,
        _ => {
            let answer = ask(service).await;
            *last = Some((Instant::now(), answer));
            answer
        }
    }
}

async fn ask(service: &Service) -> Answer {
    let store = &service.store;
    let asked = async {
        store.ready().await?;
        store.writable().await
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database is not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is not ready\n")
        }
        Err(_) => {
            tracing::error!("the database does not answer in {} s", PATIENCE.as_secs());
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
