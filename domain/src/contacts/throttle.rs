//! How long wrong passwords make a network wait (A6), so that nobody guesses and no stranger locks anybody out.

use chrono::Duration;

/// The wrong password in a row, from one network, after which that network waits.
pub const WAITS_AT: i64 = 4;

/// How long a network waits after so many wrong ones in a row: 15 minutes after the fourth, then twice as long each time,
/// 24 hours at most.
pub fn wait_after(wrong: i64) -> Duration {
    match wrong - WAITS_AT {
        ..0 => Duration::zero(),
        times @ 0..=6 => Duration::minutes(15 << times),
        _ => Duration::hours(24),
    }
}

/// For how long a counter is remembered after its last try: longer than the longest wait, so that waits go on doubling.
pub fn remembered() -> Duration {
    Duration::hours(48)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_the_wait_doubles_from_15_minutes_to_24_hours() {
        let minutes: Vec<_> = (0..=14).map(|wrong| wait_after(wrong).num_minutes()).collect();
        assert_eq!(minutes, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440]);
        assert_eq!(wait_after(i64::MAX), Duration::hours(24));
    }
}
