//! Lines of the log that anybody can cause: one a minute, and how many were left out.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

const MINUTE: Duration = Duration::from_secs(60);

/// Says one line a minute.
#[derive(Debug, Default)]
pub struct Sparing(Mutex<Said>);

#[derive(Debug, Default)]
struct Said {
    last: Option<Instant>,
    unsaid: u64,
}

impl Sparing {
    /// Nothing was said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether to say it now: how many were left out since the last one.
    pub fn say(&self) -> Option<u64> {
        self.say_at(Instant::now())
    }

    fn say_at(&self, now: Instant) -> Option<u64> {
        let mut said = self.0.lock().ok()?;
        if said.last.is_some_and(|last| now.duration_since(last) < MINUTE) {
            said.unsaid += 1;
            return None;
        }
        said.last = Some(now);
        Some(std::mem::take(&mut said.unsaid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_a_minute_with_the_number_of_the_others() {
        let (sparing, now) = (Sparing::new(), Instant::now());
        assert_eq!(sparing.say_at(now), Some(0));
        assert_eq!(sparing.say_at(now), None);
        assert_eq!(sparing.say_at(now + MINUTE / 2), None);
        assert_eq!(sparing.say_at(now + MINUTE), Some(2));
        assert_eq!(sparing.say_at(now + MINUTE * 3), Some(0));
    }
}
