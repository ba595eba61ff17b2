//! Takes out once an hour what nobody needs any more, oldest first and a few at a time: drafts that were not touched for a week,
//! authenticator apps that were begun a day ago and never confirmed, what was heard of payments by card so long ago that it would
//! not be heard again, and what is over for as long as the settings say.

mod files;

use std::{path::PathBuf, sync::Arc, time::Duration};

use service::{Service, cleanup::Old};
use tokio::time::sleep;

use crate::{Closing, settings::KeepFlags, write_back};

const HOUR: Duration = Duration::from_secs(3_600);

/// The files of mails, and how many of them are kept for how long.
pub struct MailFiles {
    /// Where they lie; it need not be there.
    pub folder: PathBuf,
    /// How many days, and how many.
    pub keep: KeepFlags,
}

/// Sweeps until it is time to stop, and keeps the database's log short. What fails is tried again in an hour.
pub async fn keep(service: Arc<Service>, files: MailFiles, closing: Closing) {
    tokio::join!(write_back::keep(service.clone(), closing.clone()), sweep_all(service, files, closing));
}

async fn sweep_all(service: Arc<Service>, files: MailFiles, closing: Closing) {
    while !closing.has_begun() {
        sweep("old drafts", &closing, || service::drafts::sweep(&service)).await;
        sweep("old sign-in tries", &closing, || service::sessions::sweep_tries(&service)).await;
        sweep("authenticator apps that were not confirmed", &closing, || service::contacts::sweep_apps(&service)).await;
        sweep("old webhooks", &closing, || service::billing::payments::sweep(&service)).await;
        for old in Old::ALL {
            sweep(old.label(), &closing, || service::cleanup::remove(&service, old)).await;
        }
        files::sweep(&files).await;
        tokio::select! {
            () = sleep(HOUR) => {}
            () = closing.wait() => {}
        }
    }
}

/// Takes out batch after batch until nothing is left of it. Between two of them, whoever wants to write does.
async fn sweep<F: Future<Output = Result<u64, service::Error>>>(
    what: &str,
    closing: &Closing,
    mut batch: impl FnMut() -> F,
) {
    let mut swept = 0;
    while !closing.has_begun() {
        match batch().await {
            Ok(0) => break,
            Ok(more) => swept += more,
            Err(error) => {
                tracing::error!(%error, "{what} cannot be taken out");
                break;
            }
        }
        tokio::task::yield_now().await;
    }
    if swept > 0 {
        tracing::info!(swept, "{what} were taken out");
    }
}
