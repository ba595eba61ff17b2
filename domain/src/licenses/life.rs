//! The state of a license, computed from its times at every read (L9).

use serde::{Deserialize, Serialize};

use crate::{Timestamp, words::words};

words! {
    /// L9: the state of a license.
    State {
        /// Works.
        Active = "active", "Active";
        /// Ran out of time.
        Expired = "expired", "Expired";
        /// Stopped by the operator for now.
        Suspended = "suspended", "Suspended";
        /// Taken back for good.
        Revoked = "revoked", "Revoked";
        /// Moved to another account under a new key (L12).
        Transferred = "transferred", "Transferred";
    }
}

/// The times that make the state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Trials and subscriptions are over then: the last day that they include is the one before (L10).
    pub valid_until: Option<Timestamp>,
    /// Stopped since.
    pub suspended: Option<Timestamp>,
    /// Taken back then.
    pub revoked: Option<Timestamp>,
    /// Moved then.
    pub transferred: Option<Timestamp>,
}

impl Life {
    /// The state at a time; at `valid_until` itself it is over.
    pub fn state(&self, now: Timestamp) -> State {
        if self.transferred.is_some() {
            State::Transferred
        } else if self.revoked.is_some() {
            State::Revoked
        } else if self.suspended.is_some() {
            State::Suspended
        } else if self.valid_until.is_some_and(|end| end <= now) {
            State::Expired
        } else {
            State::Active
        }
    }
}

impl State {
    /// Nothing changes it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Revoked | Self::Transferred)
    }

    /// Its key is of use to the customer: it works, or works again once it is renewed. Only such keys are sent and copied (L15).
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Active | Self::Expired)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l9_expiry_comes_with_the_time_and_what_is_final_stays() {
        let end: Timestamp = "2026-12-01T00:00:00Z".parse().expect("a time");
        let second = chrono::Duration::seconds(1);
        let trial = Life { valid_until: Some(end), ..Life::default() };
        assert_eq!(trial.state(end - second), State::Active);
        assert_eq!(trial.state(end), State::Expired);
        let suspended = Life { suspended: Some(end), ..trial };
        assert_eq!(suspended.state(end), State::Suspended);
        let revoked = Life { revoked: Some(end), ..suspended };
        assert_eq!(revoked.state(end), State::Revoked);
        assert_eq!(Life { transferred: Some(end), ..revoked }.state(end), State::Transferred);
    }
}
