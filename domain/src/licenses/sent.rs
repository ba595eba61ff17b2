//! How far the details of the licenses of an order have been sent to the customer (L15).

use super::State;
use crate::Timestamp;

/// Of how many licenses the details were sent, together or one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentSoFar {
    /// When the customer had those of all that are of use; `None` while some were not sent.
    pub all_at: Option<Timestamp>,
    /// Of how many licenses they were sent.
    pub licenses: usize,
}

impl SentSoFar {
    /// Of licenses, each with its state and when its details were last sent. What is of no use any more need not be sent.
    pub fn of(licenses: &[(State, Option<Timestamp>)]) -> Self {
        let usable = licenses.iter().filter(|(state, _)| state.is_usable());
        Self {
            // What was never sent comes before every time.
            all_at: usable.map(|(_, sent)| *sent).min().flatten(),
            licenses: licenses.iter().filter(|(_, sent)| sent.is_some()).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l15_all_are_sent_when_each_that_is_of_use_was_sent_together_or_alone() {
        let [first, second] =
            ["2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z"].map(|at| at.parse::<Timestamp>().expect("a time"));
        let of = |licenses: &[(State, Option<Timestamp>)]| {
            let sent = SentSoFar::of(licenses);
            (sent.all_at, sent.licenses)
        };
        assert_eq!(of(&[]), (None, 0));
        assert_eq!(of(&[(State::Active, None), (State::Active, None)]), (None, 0));
        assert_eq!(of(&[(State::Active, Some(first)), (State::Active, None)]), (None, 1));
        assert_eq!(of(&[(State::Active, Some(second)), (State::Expired, Some(first))]), (Some(first), 2));
        assert_eq!(of(&[(State::Active, Some(first)), (State::Revoked, None)]), (Some(first), 1));
    }
}
