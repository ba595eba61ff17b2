//! One open page that listens: it waits for the next thing worth telling.

use std::time::Duration;

use axum::response::sse::Event;
use serde_json::json;
use service::{
    Cx, Error,
    live::{Change, Whose},
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use crate::Closing;

/// How often a sign of life is sent, the version read again and the session looked at.
const TICK: Duration = Duration::from_secs(15);
/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(3);
/// What is said of changes that were missed: all that is known is that there were some.
const MISSED: &str = "while this page was not connected";

/// One open page that listens.
pub struct Listener {
    cx: Cx,
    changes: Receiver<Change>,
    endings: Receiver<Whose>,
    closing: Closing,
    tick: Interval,
    seen: i64,
    /// The first event, ready before anything is waited for.
    first: Option<Event>,
}

impl Listener {
    /// For a page that has seen the account up to that version; without one, up to now.
    pub async fn new(cx: Cx, closing: Closing, seen: Option<i64>) -> Result<Self, Error> {
        Self::ticking(cx, closing, seen, TICK).await
    }

    /// Listens first and reads the version then, so that nothing falls between.
    async fn ticking(cx: Cx, closing: Closing, seen: Option<i64>, every: Duration) -> Result<Self, Error> {
        let (changes, endings) = (cx.service.live.subscribe(), cx.service.live.endings());
        let version = service::live::version(&cx).await?;
        let mut tick = interval_at(Instant::now() + every, every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // A page cannot have seen what is still to come: that number is from before a restored backup.
        let seen = seen.unwrap_or(version);
        let first = if seen == version { Event::default().comment("listening") } else { changed(version, MISSED) };
        Ok(Self { cx, changes, endings, closing, tick, seen: version, first: Some(first.retry(RETRY)) })
    }

    /// The next event or sign of life; `None` when the session has ended or we are about to stop.
    pub async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let lagged = tokio::select! {
                () = self.closing.wait() => return None,
                change = self.changes.recv() => match change {
                    Ok(change) => match self.take(&change) {
                        Some(event) => return Some(event),
                        None => continue,
                    },
                    Err(RecvError::Lagged(_)) => true,
                    Err(RecvError::Closed) => return None,
                },
                ended = self.endings.recv() => {
                    let mine = match ended {
                        Ok(whose) => whose.holds(&self.cx.actor),
                        Err(RecvError::Lagged(_)) => true,
                        Err(RecvError::Closed) => return None,
                    };
                    if mine && !self.signed_in().await {
                        return None;
                    }
                    continue;
                }
                _ = self.tick.tick() => false,
            };
            if !lagged && !self.signed_in().await {
                return None;
            }
            if let Some(event) = self.read_again().await {
                return Some(event);
            }
            if !lagged {
                return Some(Event::default().comment(""));
            }
        }
    }

    /// A change of this account that was not told yet.
    fn take(&mut self, change: &Change) -> Option<Event> {
        let news = change.account == self.cx.actor.account && change.version > self.seen;
        news.then(|| {
            self.seen = change.version;
            changed(change.version, &change.words)
        })
    }

    /// Another process may have changed something, or we were too slow to hear it all.
    async fn read_again(&mut self) -> Option<Event> {
        let version = service::live::version(&self.cx).await.ok().filter(|version| *version > self.seen)?;
        self.seen = version;
        Some(changed(version, MISSED))
    }

    /// Whether the session is still there. An open page does not count as using it, so it is only
    /// looked up. A database that does not answer now has ended no session.
    async fn signed_in(&self) -> bool {
        match service::sessions::goes_on(&self.cx).await {
            Ok(goes_on) => goes_on,
            Err(Error::Store(_) | Error::Internal(_)) => true,
            Err(_) => false,
        }
    }
}

fn changed(version: i64, words: &str) -> Event {
    let data = json!({ "version": version, "words": words });
    Event::default().event("changed").id(version.to_string()).data(data.to_string())
}

#[cfg(test)]
mod tests;
