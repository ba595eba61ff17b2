//! What is over is kept for as long as the operator says, and then taken out.

use chrono::Duration;
use domain::Timestamp;
pub use store::cleanup::Old;

use crate::{Error, Service};

/// For how many days is kept what is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Sessions, after they ended.
    pub sessions: u32,
    /// Links of mails, after they expired: their holder is told so, and can ask for a new one.
    pub links: u32,
    /// The keys of forms, after they were sent (O2).
    pub form_keys: u32,
    /// The texts of mails that were sent, where no mail server took them over, and of those that failed for good.
    pub mail_texts: u32,
    /// Mails that were sent or failed for good: to whom, about what, when.
    pub mails: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { sessions: 30, links: 30, form_keys: 30, mail_texts: 30, mails: 365 }
    }
}

impl Keep {
    /// `links` is for how long a link works: whatever a mail lets its recipient do is of no use after that.
    fn before(self, old: Old, links: Duration, now: Timestamp) -> Timestamp {
        let days = match old {
            Old::MailSecrets => return now - links,
            Old::Sessions => self.sessions,
            Old::Links => self.links,
            Old::FormKeys => self.form_keys,
            Old::MailTexts => self.mail_texts,
            Old::Mails => self.mails,
        };
        now - Duration::days(days.into())
    }
}

/// Takes out one batch of what was kept for long enough, and says how much it was; nothing when nothing is left to take out.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(service: &Service, old: Old) -> Result<u64, Error> {
    let links = Duration::hours(service.settings.activation_hours.into());
    let before = service.settings.keep.before(old, links, service.clock.now());
    let mut tx = service.store.write().await?;
    let removed = store::cleanup::remove(&mut tx, old, before).await?;
    tx.commit().await?;
    Ok(removed)
}
