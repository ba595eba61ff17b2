//! Takes out once an hour what nobody needs any more: drafts that were not touched for a week.

use std::{sync::Arc, time::Duration};

use service::Service;
use tokio::time::sleep;

use crate::Closing;

const HOUR: Duration = Duration::from_secs(3_600);

/// Sweeps until it is time to stop. What fails is tried again in an hour.
pub async fn keep(service: Arc<Service>, closing: Closing) {
    while !closing.has_begun() {
        match service::drafts::sweep(&service).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "old drafts were taken out"),
            Err(error) => tracing::error!(%error, "old drafts cannot be taken out"),
        }
        tokio::select! {
            () = sleep(HOUR) => {}
            () = closing.wait() => {}
        }
    }
}
