//! What can be done about a person's sign-in, by its state (A6).

use super::State;
use crate::{Refusal, words::words};

words! {
    /// What others can do about somebody's sign-in.
    Act {
        /// A new activation link; the earlier one is void (A5).
        Resend = "resend", "Resend activation link";
        /// The link on the screen, once, for an operator without mail.
        CopyLink = "copy-link", "Copy activation link";
        /// A link by which the person chooses a new password (A7).
        Reset = "reset", "Reset password";
        /// Back in, with the password that there is.
        Unlock = "unlock", "Unlock";
        /// No sign-in any more.
        Deactivate = "deactivate", "Make inactive";
        /// As it was before.
        Reactivate = "reactivate", "Make active";
    }
}

impl State {
    /// What can be done about somebody in this state.
    pub const fn acts(self) -> &'static [Act] {
        match self {
            Self::PendingActivation => &[Act::Resend, Act::CopyLink, Act::Deactivate],
            Self::Active => &[Act::Reset, Act::Deactivate],
            Self::Locked => &[Act::Unlock, Act::Reset, Act::Deactivate],
            Self::Inactive => &[Act::Reactivate],
        }
    }

    /// Whether that can be done now.
    ///
    /// # Errors
    /// [`Refusal::NotInThisState`], [`Refusal::NotPending`] for a link that has done its work.
    pub fn check(self, act: Act) -> Result<(), Refusal> {
        match act {
            act if self.acts().contains(&act) => Ok(()),
            Act::Resend | Act::CopyLink => Err(Refusal::NotPending),
            _ => Err(Refusal::NotInThisState { state: self }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_each_act_has_its_states() {
        let states = |act| State::ALL.iter().copied().filter(|state| state.check(act).is_ok()).collect::<Vec<_>>();
        assert_eq!(states(Act::Resend), [State::PendingActivation]);
        assert_eq!(states(Act::CopyLink), [State::PendingActivation]);
        assert_eq!(states(Act::Reset), [State::Active, State::Locked]);
        assert_eq!(states(Act::Unlock), [State::Locked]);
        assert_eq!(states(Act::Deactivate), [State::PendingActivation, State::Active, State::Locked]);
        assert_eq!(states(Act::Reactivate), [State::Inactive]);
    }

    #[test]
    fn a6_what_cannot_be_done_is_refused_with_the_state() {
        let refused = State::Inactive.check(Act::Reset).expect_err("refused").to_string();
        assert_eq!(refused, "This cannot be done now: the sign-in is inactive. Open the page again.");
        assert_eq!(State::Active.check(Act::Resend), Err(Refusal::NotPending));
    }
}
