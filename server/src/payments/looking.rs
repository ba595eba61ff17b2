//! Looks at payments by card of which nothing was heard for long: a webhook may be lost, and a page may run out.

use std::{sync::Arc, time::Duration};

use service::{Service, billing::payments};
use tokio::time::sleep;

use crate::Closing;

const PAUSE: Duration = Duration::from_secs(60);

/// Looks until it is time to stop. What fails is tried again in a minute.
pub async fn keep(service: Arc<Service>, closing: Closing) {
    while !closing.has_begun() {
        match payments::look(&service).await {
            Ok(0) => {}
            Ok(looked) => tracing::info!(looked, "payments by card were looked at, of which nothing was heard"),
            Err(error) => tracing::error!(%error, "payments by card cannot be looked at"),
        }
        tokio::select! {
            () = sleep(PAUSE) => {}
            () = closing.wait() => {}
        }
    }
}
