//! Does once a minute what comes due by itself: the next periods of subscriptions are charged (B1), what is charged is invoiced (B3), and
//! who has not paid is reminded (B8).

use std::{sync::Arc, time::Duration};

use service::{Service, billing, customers};
use tokio::time::sleep;

use crate::Closing;

const MINUTE: Duration = Duration::from_secs(60);

/// Ticks until it is time to stop. What fails is tried again in a minute.
pub async fn tick(service: Arc<Service>, closing: Closing) {
    while !closing.has_begun() {
        said("customers of accepted tables were imported", customers::go_on_importing(&service).await);
        said("subscriptions were charged", billing::recur::run(&service).await);
        said("invoices were issued", billing::invoices::run(&service).await);
        said("accounts were reminded or suspended", billing::remind::run(&service).await);
        // Each of them leaves the rest for the next time when it is time to stop.
        tokio::select! {
            () = sleep(MINUTE) => {}
            () = closing.wait() => {}
        }
    }
}

/// What one of them has done, for the log.
fn said(what: &str, done: Result<usize, service::Error>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(error) => tracing::error!(%error, "not all {what}"),
    }
}
