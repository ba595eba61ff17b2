//! How long a session lives: so long without being used, and so long at most.

use chrono::Duration;
use domain::{
    Timestamp,
    contacts::{SESSION_HOURS, longest_session_hours},
};
use store::sessions::Visitor;

/// By how much the clocks of several machines may differ. What lies further ahead was written while a clock was wrong.
const CLOCKS_DIFFER: Duration = Duration::minutes(5);

/// Until when a session lives that is not used any more.
pub(super) fn unused(now: Timestamp) -> Timestamp {
    now + Duration::hours(SESSION_HOURS)
}

/// When a session ends, however much it is used: somebody signs in anew then.
fn end(visitor: &Visitor) -> Timestamp {
    visitor.created_at + Duration::hours(longest_session_hours(visitor.kind))
}

/// Whether a session is not over by now. One that begins later was opened while the clock was ahead, and would live too long.
pub(super) fn lasts(visitor: &Visitor, now: Timestamp) -> bool {
    now < end(visitor) && !is_to_come(visitor.created_at, now)
}

/// Whether a stored time is still to come.
pub(super) fn is_to_come(at: Timestamp, now: Timestamp) -> bool {
    at > now + CLOCKS_DIFFER
}

/// Until when a session lives that was used now.
pub(super) fn prolonged(visitor: &Visitor, now: Timestamp) -> Timestamp {
    unused(now).min(end(visitor))
}
