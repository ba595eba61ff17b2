//! What a connection is at: it waits for its client, or its client waits for us.

use std::sync::{
    Arc,
    atomic::{AtomicU8, AtomicU64, Ordering},
};

/// The number of the next body that begins to come, or answer that nobody takes.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// What a connection is at, in the order in which connections are let go of when there are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// Nothing has come yet, or not the whole head of its first request.
    Head,
    /// Something was answered, and it waits for the next request.
    Idle,
    /// The body of a request has not come yet.
    Body,
    /// An answer is there, and its client does not take it.
    Unread,
    /// A request is answered.
    Work,
}

/// Shared by a connection, its requests and the list of all connections.
#[derive(Debug, Clone, Default)]
pub struct At(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    phase: AtomicU8,
    /// Since when an answer waits to be taken, as a number that grows with time; none while nothing waits.
    unread: AtomicU64,
    /// Since when the last body has been coming, in the same way.
    body: AtomicU64,
}

impl At {
    /// From now on it is at that.
    pub fn set(&self, phase: Phase) {
        self.0.phase.store(phase as u8, Ordering::Relaxed);
    }

    /// A body is waited for.
    pub fn begin_body(&self) {
        self.0.body.store(NEXT.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        self.set(Phase::Body);
    }

    /// No body is waited for any more.
    pub fn end_body(&self) {
        let (body, work) = (Phase::Body as u8, Phase::Work as u8);
        self.0.phase.compare_exchange(body, work, Ordering::Relaxed, Ordering::Relaxed).ok();
    }

    /// Since when a body has been waited for, also while an earlier answer is not taken: the smaller the number, the longer. None where
    /// none is.
    pub fn body_since(&self) -> Option<u64> {
        let coming = self.0.phase.load(Ordering::Relaxed) == Phase::Body as u8;
        coming.then(|| self.0.body.load(Ordering::Relaxed))
    }

    /// Whether something of an answer waits to be taken.
    pub fn set_unread(&self, unread: bool) {
        let since = if unread { NEXT.fetch_add(1, Ordering::Relaxed) } else { 0 };
        self.0.unread.store(since, Ordering::Relaxed);
    }

    /// Since when an answer waits to be taken: the smaller the number, the longer. None where none does.
    pub fn unread_since(&self) -> Option<u64> {
        Some(self.0.unread.load(Ordering::Relaxed)).filter(|since| *since > 0)
    }

    /// Whether no request is under way.
    pub fn is_idle(&self) -> bool {
        matches!(self.phase(), Phase::Head | Phase::Idle)
    }

    /// What it is at.
    pub fn phase(&self) -> Phase {
        if self.unread_since().is_some() {
            return Phase::Unread;
        }
        match self.0.phase.load(Ordering::Relaxed) {
            0 => Phase::Head,
            1 => Phase::Idle,
            2 => Phase::Body,
            _ => Phase::Work,
        }
    }
}
