//! Notes that sessions were used, beside the requests that use them: a page that only reads is answered also while nothing
//! can be written.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{SessionId, Timestamp};
use tokio::{sync::watch, time::sleep};

use crate::{Error, Service};

/// So many sessions wait at most; of one more nothing is noted until its next request.
const WAITING: usize = 1_000;

/// So long nothing is tried again after it has failed.
const LATER: Duration = Duration::from_secs(5);

/// What waits to be noted.
pub struct Uses {
    waiting: Mutex<Waiting>,
    idle: watch::Sender<bool>,
}

#[derive(Default)]
struct Waiting {
    /// The last use of each session.
    uses: HashMap<SessionId, Use>,
    /// Whether a task is there that writes them.
    writing: bool,
}

/// That a session was used.
pub(super) struct Use {
    pub address: String,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

impl Default for Uses {
    fn default() -> Self {
        Self { waiting: Mutex::default(), idle: watch::Sender::new(true) }
    }
}

impl Uses {
    /// Comes back when nothing waits to be noted.
    pub async fn noted(&self) {
        // The sender is ours, so it is there.
        let _ = self.idle.subscribe().wait_for(|idle| *idle).await;
    }

    /// What waits, and that somebody writes it; nothing when nobody has to any more.
    fn take(&self) -> Option<HashMap<SessionId, Use>> {
        let mut waiting = self.waiting();
        if waiting.uses.is_empty() {
            waiting.writing = false;
            self.idle.send_replace(true);
            return None;
        }
        Some(std::mem::take(&mut waiting.uses))
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes a use when there is time for it. All that wait are written together.
pub(super) fn note(service: &Arc<Service>, session: SessionId, of: Use) {
    let mut waiting = service.uses.waiting();
    if waiting.uses.len() >= WAITING && !waiting.uses.contains_key(&session) {
        return;
    }
    waiting.uses.insert(session, of);
    if !waiting.writing {
        waiting.writing = true;
        service.uses.idle.send_replace(false);
        tokio::spawn(write(service.clone()));
    }
}

async fn write(service: Arc<Service>) {
    while let Some(uses) = service.uses.take() {
        if let Err(error) = save(&service, uses).await {
            tracing::error!(%error, "the use of sessions cannot be noted; it is with their next request");
            sleep(LATER).await;
        }
    }
}

async fn save(service: &Service, uses: HashMap<SessionId, Use>) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    for (session, of) in uses {
        store::sessions::used(&mut tx, session, &of.address, of.at, of.expires_at).await?;
    }
    Ok(tx.commit().await?)
}
