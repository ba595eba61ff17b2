//! Contacts: the people of an account, how they get in and stay in.

mod acts;
mod factor_rule;
mod forms;
mod password;
mod person;
mod roles;
mod second_factor;
mod throttle;
mod views;

pub use acts::Act;
pub use factor_rule::{Asker, FactorRule, TakeFactor};
pub use forms::{Activation, Forgot, PasswordChange, SignIn, username};
pub use password::{NewPassword, PASSWORD_LEAST, Password};
pub use person::{Person, PersonForm};
pub use roles::{RolesForm, UserType};
pub use second_factor::{
    CONFIRMATION_TRIES, CONFIRMED_MINUTES, Code, CodeForm, Confirmation, NewApp, PasskeyRow, RECOVERY_CODES,
    SecondFactor, grouped, passkey_name, recovery_code,
};
pub use throttle::{WAITS_AT, remembered, wait_after};
pub use views::{ContactPage, ContactRow, Contacts, Invitation, SessionRow};

use crate::{Timestamp, accounts::Kind, words::words};

words! {
    /// A6: the state of a contact who is a Storefront user.
    State {
        /// Invited, has not chosen a password yet.
        PendingActivation = "pending-activation", "Pending activation";
        /// Can sign in.
        Active = "active", "Active";
        /// Was switched off.
        Inactive = "inactive", "Inactive";
        /// Too many wrong passwords.
        Locked = "locked", "Locked";
    }
}

impl State {
    /// From the times that are stored: a state is a row or a time, never a flag.
    pub fn of(activated: Option<Timestamp>, deactivated: Option<Timestamp>, locked: Option<Timestamp>) -> Self {
        match (deactivated, locked, activated) {
            (Some(_), _, _) => Self::Inactive,
            (None, Some(_), _) => Self::Locked,
            (None, None, Some(_)) => Self::Active,
            (None, None, None) => Self::PendingActivation,
        }
    }
}

words! {
    /// What a link in a mail is for.
    LinkKind {
        /// The first password, after an invitation (A5).
        Activation = "activation", "Activation";
        /// A new password in place of a forgotten one (A7).
        Reset = "reset", "New password";
    }
}

/// A7: how long a link for a new password lives, in hours.
pub const RESET_HOURS: u32 = 1;

/// A6: the wrong password in a row, over all networks, that locks.
pub const LOCKS_AT: i64 = 100;

/// A5: how long an activation link lives, in hours, unless the operator says otherwise.
pub const ACTIVATION_HOURS: u32 = 72;

/// How long a session lives without being used, in hours.
pub const SESSION_HOURS: i64 = 12;

/// How long a session lives at most, however much it is used, in hours: 30 days, and a day for the operator's staff.
pub const fn longest_session_hours(side: Kind) -> i64 {
    match side {
        Kind::Operator => 24,
        Kind::Reseller | Kind::Customer => 30 * 24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_the_state_follows_from_the_times() {
        let at = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(State::of(None, None, None), State::PendingActivation);
        assert_eq!(State::of(at, None, None), State::Active);
        assert_eq!(State::of(at, None, at), State::Locked);
        assert_eq!(State::of(at, at, at), State::Inactive);
    }
}
