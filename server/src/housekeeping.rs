//! Takes out once an hour what nobody needs any more: drafts that were not touched for a week, and what was heard of payments by card
//! so long ago that it would not be heard again.

use std::{sync::Arc, time::Duration};

use service::Service;
use tokio::time::sleep;

use crate::Closing;

const HOUR: Duration = Duration::from_secs(3_600);

/// Sweeps until it is time to stop. What fails is tried again in an hour.
pub async fn keep(service: Arc<Service>, closing: Closing) {
    while !closing.has_begun() {
        said("old drafts", service::drafts::sweep(&service).await);
        said("old webhooks", service::billing::payments::sweep(&service).await);
        tokio::select! {
            () = sleep(HOUR) => {}
            () = closing.wait() => {}
        }
    }
}

/// What was taken out, for the log.
fn said(what: &str, swept: Result<u64, service::Error>) {
    match swept {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "{what} were taken out"),
        Err(error) => tracing::error!(%error, "{what} cannot be taken out"),
    }
}
