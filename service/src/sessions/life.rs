//! How long a session lives: so long without being used, and so long at most.

use chrono::Duration;
use domain::{
    Timestamp,
    contacts::{SESSION_HOURS, longest_session_hours},
};
use store::sessions::Visitor;

/// Until when a session lives that is not used any more.
pub(super) fn unused(now: Timestamp) -> Timestamp {
    now + Duration::hours(SESSION_HOURS)
}

/// When a session ends, however much it is used: somebody signs in anew then.
pub(super) fn end(visitor: &Visitor) -> Timestamp {
    visitor.created_at + Duration::hours(longest_session_hours(visitor.kind))
}

/// Until when a session lives that was used now.
pub(super) fn prolonged(visitor: &Visitor, now: Timestamp) -> Timestamp {
    unused(now).min(end(visitor))
}
