//! Sends what lies in the outbox: one letter after the other, until it arrives (X2).
//!
//! The deeds only write to the outbox, so a mail server that is down fails no deed. This worker
//! wakes when the bell rings or after a while, and stops between two letters.

mod postman;

use std::{sync::Arc, time::Duration};

pub use postman::Postman;
use service::{Service, mail::Letter};
use tokio::time::sleep;

use crate::Closing;

const SHORT: Duration = Duration::from_secs(2);
const LONG: Duration = Duration::from_secs(30);

/// Sends the outbox until it is time to stop.
pub struct Worker {
    service: Arc<Service>,
    postman: Postman,
    closing: Closing,
}

impl Worker {
    /// For the outbox of `service`.
    pub fn new(service: Arc<Service>, postman: Postman, closing: Closing) -> Self {
        Self { service, postman, closing }
    }

    /// Sends all that is due, waits, and begins again. It looks often after it had something to
    /// do and more and more rarely when there was nothing; the bell makes new mail leave at once.
    pub async fn run(self) {
        let mut pause = SHORT;
        while !self.closing.has_begun() {
            if self.send_next().await {
                pause = SHORT;
                continue;
            }
            tokio::select! {
                () = self.service.post.notified() => pause = SHORT,
                () = sleep(pause) => pause = (pause * 2).min(LONG),
                () = self.closing.wait() => {}
            }
        }
    }

    /// Whether there was one.
    async fn send_next(&self) -> bool {
        match service::mail::due(&self.service).await {
            Ok(Some(letter)) => {
                if let Err(error) = self.send(&letter).await {
                    // It was claimed, so it comes up again; perhaps it is sent twice, never lost.
                    tracing::error!(mail.id = %letter.id, %error, "what became of a mail could not be noted");
                    return false;
                }
                true
            }
            Ok(None) => false,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                false
            }
        }
    }

    async fn send(&self, letter: &Letter) -> Result<(), service::Error> {
        match self.postman.deliver(letter, self.service.clock.now()).await {
            Ok(()) => {
                tracing::info!(mail.id = %letter.id, "a mail was sent");
                service::mail::sent(&self.service, letter.id).await
            }
            Err(error) if error.is_final() => {
                tracing::warn!(mail.id = %letter.id, %error, "a mail will never be taken; it waits for somebody to try again");
                service::mail::given_up(&self.service, letter.id, &error.to_string()).await
            }
            Err(error) => {
                tracing::warn!(mail.id = %letter.id, %error, "a mail could not be sent; it will be tried again");
                service::mail::failed(&self.service, letter.id, &error.to_string()).await
            }
        }
    }
}

#[cfg(test)]
mod tests;
