//! Sends what lies in the outbox, several mails at once, until they arrive (X2).
//!
//! The deeds only write to the outbox, so a mail server that is down fails no deed. This worker
//! wakes when the bell rings or after a while. A mail server that is silent or slow holds up a sender for the limit of one
//! delivery and no longer, and one sender is kept free for mails that a person waits for.

mod postman;
mod smtp;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{MailId, mail::Lane};
pub use postman::Postman;
use postman::Undelivered;
use service::{Service, mail::Letter};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{Instant, sleep, timeout_at},
};

use crate::Closing;

const SHORT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(30);
/// How many mails are sent at once.
const SENDERS: usize = 4;
/// How many of these at most are one of many.
const BULK_SENDERS: usize = 3;
/// How long what is being sent may go on once it is time to stop.
const GRACE: Duration = Duration::from_secs(3);
/// For how long it is tried to note what became of a mail, which is less than a claim lasts, and how long to wait in between.
const NOTES: Duration = Duration::from_secs(120);
const BETWEEN_NOTES: Duration = Duration::from_secs(1);

/// Sends the outbox until it is time to stop.
pub struct Worker {
    service: Arc<Service>,
    postman: Postman,
    closing: Closing,
    grace: Duration,
    between_notes: Duration,
    senders: Arc<Semaphore>,
    bulk_senders: Arc<Semaphore>,
    /// What is being sent now. A clock that jumps ends claims early, and no mail may be sent twice for that.
    sending: Mutex<HashSet<MailId>>,
}

/// A mail that was claimed, and the sender that is taken until it is done.
struct Claimed {
    letter: Letter,
    _senders: Vec<OwnedSemaphorePermit>,
}

impl Worker {
    /// For the outbox of `service`.
    pub fn new(service: Arc<Service>, postman: Postman, closing: Closing) -> Self {
        Self {
            service,
            postman,
            closing,
            grace: GRACE,
            between_notes: BETWEEN_NOTES,
            senders: Arc::new(Semaphore::new(SENDERS)),
            bulk_senders: Arc::new(Semaphore::new(BULK_SENDERS)),
            sending: Mutex::default(),
        }
    }

    /// Sends all that is due, waits, and begins again. It looks often after it had something to
    /// do and more and more rarely when there was nothing; the bell makes new mail leave at once.
    pub async fn run(self) {
        let worker = Arc::new(self);
        let (mut pause, mut busy) = (SHORT, JoinSet::new());
        while !worker.closing.has_begun() {
            while let Some(claimed) = worker.next().await {
                busy.spawn(worker.clone().send_claimed(claimed));
                pause = SHORT;
            }
            if busy.is_empty() {
                worker.postman.rest().await;
            }
            tokio::select! {
                () = worker.service.post.notified() => pause = SHORT,
                Some(_) = busy.join_next() => {}
                () = sleep(pause) => pause = (pause * 2).min(LONG),
                () = worker.closing.wait() => {}
            }
        }
        // Each ends by itself, shortly after closing has begun.
        while busy.join_next().await.is_some() {}
        worker.postman.rest().await;
    }

    /// Claims the next mail, as long as there is a sender for it.
    async fn next(&self) -> Option<Claimed> {
        if self.closing.has_begun() {
            return None;
        }
        let sender = self.senders.clone().try_acquire_owned().ok()?;
        if let Some(letter) = self.claim(Lane::First).await {
            return Some(Claimed { letter, _senders: vec![sender] });
        }
        let bulk = self.bulk_senders.clone().try_acquire_owned().ok()?;
        let letter = self.claim(Lane::Bulk).await?;
        Some(Claimed { letter, _senders: vec![sender, bulk] })
    }

    async fn claim(&self, lane: Lane) -> Option<Letter> {
        let claimed = async {
            match service::mail::any_due(&self.service, lane).await? {
                // Of two programs, the other may be faster; then this is the next of any lane.
                true => service::mail::due(&self.service).await,
                false => Ok(None),
            }
        };
        claimed.await.unwrap_or_else(|error: service::Error| {
            tracing::error!(%error, "the outbox cannot be read");
            None
        })
    }

    /// Sends a mail whose senders are taken until that is done: a block that only named its letter would give them back at once.
    async fn send_claimed(self: Arc<Self>, claimed: Claimed) {
        self.send(&claimed.letter).await;
    }

    /// Sends a mail and notes what became of it.
    async fn send(&self, letter: &Letter) {
        if !self.sending().insert(letter.id) {
            return;
        }
        let delivered = self.deliver(letter).await;
        Self::log(letter, &delivered);
        if let Err(error) = self.note(letter, &delivered).await {
            // It was claimed, so it comes up again; perhaps it is sent twice, never lost.
            tracing::error!(mail.id = %letter.id, %error, "what became of a mail could not be noted");
        }
        self.sending().remove(&letter.id);
    }

    async fn deliver(&self, letter: &Letter) -> Result<(), Undelivered> {
        let stopped = async {
            self.closing.wait().await;
            sleep(self.grace).await;
        };
        tokio::select! {
            delivered = self.postman.deliver(letter, self.service.clock.now()) => delivered,
            () = stopped => Err(Undelivered::Stopped),
        }
    }

    /// What became of a mail. The office reads to whom it did not go; the log names nobody.
    fn log(letter: &Letter, delivered: &Result<(), Undelivered>) {
        let Err(undelivered) = delivered else {
            tracing::info!(mail.id = %letter.id, "a mail was sent");
            return;
        };
        let error = letter.without_addresses(&letter.without_secrets(&undelivered.to_string()));
        if undelivered.is_final() {
            tracing::warn!(mail.id = %letter.id, %error, "a mail will never be taken; it waits for somebody to try again");
        } else {
            tracing::warn!(mail.id = %letter.id, %error, "a mail could not be sent; it will be tried again");
        }
    }

    /// Notes what became of a mail. While nothing can be written it tries again, since there is nothing else to do either, and a mail of
    /// which nothing is noted is sent again when its claim ends.
    async fn note(&self, letter: &Letter, delivered: &Result<(), Undelivered>) -> Result<(), service::Error> {
        let until = Instant::now() + NOTES;
        loop {
            // A try that waits for a connection of the pool ends with the time, too.
            let noted = timeout_at(until, self.note_once(letter, delivered)).await;
            match noted.unwrap_or_else(|_| Err(service::Error::Internal("the database took too long".to_owned()))) {
                Err(service::Error::Store(error))
                    if error.is_for_now() && !self.closing.has_begun() && Instant::now() < until => {}
                noted => return noted,
            }
            tokio::select! {
                () = sleep(self.between_notes) => {}
                () = self.closing.wait() => {}
            }
        }
    }

    async fn note_once(&self, letter: &Letter, delivered: &Result<(), Undelivered>) -> Result<(), service::Error> {
        let Err(undelivered) = delivered else {
            return service::mail::sent(&self.service, letter.id).await;
        };
        // A server may quote what it does not like, such as a link.
        let error = letter.without_secrets(&undelivered.to_string());
        let answer = undelivered.answer().map(|answer| letter.without_secrets(&answer));
        service::mail::answered(&self.service, letter.id, answer.as_deref()).await?;
        if undelivered.is_final() {
            service::mail::given_up(&self.service, letter.id, &error).await
        } else {
            service::mail::failed(&self.service, letter.id, &error).await
        }
    }

    fn sending(&self) -> MutexGuard<'_, HashSet<MailId>> {
        self.sending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
