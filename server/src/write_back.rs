//! Sees to it that SQLite's log does not grow for ever: every few seconds as much of it as can be is written into the file, and
//! a log that has become long is cut. SQLite does that by itself only while nobody reads at that moment.

use std::{sync::Arc, time::Duration};

use service::Service;
use tokio::time::sleep;

use crate::Closing;

const OFTEN: Duration = Duration::from_secs(10);

/// A log of so many bytes is worth a word, and again each time it is twice as long.
const LONG: u64 = 256 << 20;

/// Writes back until it is time to stop.
pub async fn keep(service: Arc<Service>, closing: Closing) {
    let mut told = LONG / 2;
    while !closing.has_begun() {
        match service.store.write_back().await {
            Ok(log) if log >= told * 2 => {
                told = log;
                tracing::warn!(
                    log.bytes = log,
                    "the database's log is long, because somebody has read one moment of it for long: is there another \
                     program that has it open?"
                );
            }
            Ok(log) if log < LONG => told = LONG / 2,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the database's log cannot be written back"),
        }
        tokio::select! {
            () = sleep(OFTEN) => {}
            () = closing.wait() => {}
        }
    }
}
