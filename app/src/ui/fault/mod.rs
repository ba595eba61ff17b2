//! The only error on the wire: what a page or a form can be told, and the HTTP status of each.

mod refused;
mod wire;

use domain::{FieldErrors, actor::Due};
use http::StatusCode;
use serde::{Deserialize, Serialize};

pub use self::refused::{Refused, Then};

/// Why a page cannot be shown or a form was not carried out. Nothing was changed, except that nobody knows it of [`Fault::Broken`] and
/// [`Fault::OutcomeUnknown`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// What was typed is wrong, with a message at each field.
    #[error("{}", in_words(.0))]
    Fields(FieldErrors),
    /// The rules do not allow it now.
    #[error("{0}")]
    Refused(Refused),
    /// It is not there, or not for this person: the same answer for both (A11).
    #[error("This is not here. It may have been removed, or the address has a typing error.")]
    NotFound,
    /// Nobody is signed in, or not any more.
    #[error("You are signed out. Log in and go on where you were.")]
    SignedOut,
    /// Something has to be done first (A10).
    #[error("{}", due_words(*.0))]
    Due(Due),
    /// What matters is done only by who has proved a short while ago who they are.
    #[error("Confirm first that it is you.")]
    Unconfirmed,
    /// More was sent than a form can hold.
    #[error("This is too much to send at once. Shorten what you typed.")]
    TooLarge,
    /// Too many tries.
    #[error("Too many tries. Wait {} and try again.", wait(*seconds))]
    TooMany {
        /// When to try again.
        seconds: u64,
    },
    /// More wait for something costly than can be helped soon.
    #[error("Too many people are doing this just now. Wait {} and try again.", wait(*seconds))]
    Busy {
        /// When to try again.
        seconds: u64,
    },
    /// Something broke on our side. What it was stands in the log, under this request. Where the database broke off at the end,
    /// nobody knows whether it was done; the form's key keeps the same form from being done twice.
    #[error(
        "Something went wrong on our side, and we cannot tell whether this was done. Send the same form again: it is done only once."
    )]
    Broken {
        /// How the log calls it; empty when the answer did not come from us.
        request: String,
    },
    /// The server did not answer.
    #[error("The server cannot be reached. What you typed is still here; try again when you are online.")]
    Offline,
    /// The database cannot be written or read just now: a full disk, a server that restarts. It did nothing of the form.
    #[error(
        "Our database cannot be used just now, so nothing was done this time. Wait a minute and send the same form again: it is done only once."
    )]
    NotNow,
    /// The database failed while it made it all true, so that the form may have been done (R9).
    #[error(
        "Our database did not confirm this, so it may have been done. Wait a minute and send the same form again: it is done only once."
    )]
    OutcomeUnknown,
    /// The page was made by another release than the server's, so that they may not understand each other. Nothing was done.
    #[error(
        "Keyhouse has been updated, so nothing was done this time. What you typed is still in the form: copy what you want to keep, and load this page again."
    )]
    Outdated,
}

impl Fault {
    /// The HTTP status of this answer: the one map there is.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Due(_) | Self::Unconfirmed => StatusCode::FORBIDDEN,
            Self::Outdated => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Offline | Self::NotNow | Self::OutcomeUnknown | Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Whether something failed on our side: the same form can be sent again as it is.
    pub const fn is_ours(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::NotNow | Self::OutcomeUnknown)
    }

    /// What is done about it besides saying it, if it is a refusal.
    pub const fn then(&self) -> Option<&Then> {
        match self {
            Self::Refused(refused) => Some(refused.then()),
            _ => None,
        }
    }

    /// The message at a field, if this is about fields.
    pub fn at(&self, field: &str) -> Option<&str> {
        match self {
            Self::Fields(errors) => errors.get(field),
            _ => None,
        }
    }
}

fn in_words(errors: &FieldErrors) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" ")
}

const fn due_words(due: Due) -> &'static str {
    match due {
        Due::Proof => "Enter the code of your second factor first.",
        Due::Password => "Choose a password of your own first.",
        Due::SecondFactor => "Your account asks for a second factor. Set one up first.",
        Due::Debt => {
            "Your account is suspended because it owes more than its credit limit allows. Billing stays open to those who may pay. Everything else is open again as soon as the debt is within the limit."
        }
    }
}

fn wait(seconds: u64) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        minutes @ 91..=7_200 => format!("{} minutes", minutes.div_ceil(60)),
        more => format!("{} hours", more.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_a_status_of_its_own() {
        let faults = [
            (Fault::Fields(FieldErrors::at("quantity", "Enter a number.")), 422),
            (Fault::Refused(Refused::told("no")), 409),
            (Fault::NotFound, 404),
            (Fault::SignedOut, 401),
            (Fault::Due(Due::Password), 403),
            (Fault::Unconfirmed, 403),
            (Fault::TooLarge, 413),
            (Fault::TooMany { seconds: 5 }, 429),
            (Fault::Broken { request: "r".to_owned() }, 500),
            (Fault::Busy { seconds: 5 }, 503),
            (Fault::Offline, 503),
            (Fault::NotNow, 503),
            (Fault::OutcomeUnknown, 503),
            (Fault::Outdated, 412),
        ];
        assert_eq!(faults.clone().map(|(fault, _)| fault.status().as_u16()), faults.map(|(_, status)| status));
    }

    #[test]
    fn r9_what_failed_on_our_side_says_whether_it_may_have_been_done() {
        let said = |fault: Fault| (fault.is_ours(), fault.to_string());
        let (ours, not_now) = said(Fault::NotNow);
        assert!(ours && not_now.contains("nothing was done this time"), "{not_now}");
        let (ours, unknown) = said(Fault::OutcomeUnknown);
        assert!(ours && unknown.contains("it may have been done"), "{unknown}");
        assert!(said(Fault::Broken { request: String::new() }).0);
        assert!(!said(Fault::Offline).0 && !said(Fault::Busy { seconds: 5 }).0);
    }

    #[test]
    fn what_is_waited_for_is_said_in_words() {
        assert_eq!(Fault::TooMany { seconds: 61 }.to_string(), "Too many tries. Wait 61 seconds and try again.");
        assert_eq!(Fault::TooMany { seconds: 900 }.to_string(), "Too many tries. Wait 15 minutes and try again.");
        assert_eq!(Fault::TooMany { seconds: 86_400 }.to_string(), "Too many tries. Wait 24 hours and try again.");
        assert_eq!(
            Fault::Busy { seconds: 5 }.to_string(),
            "Too many people are doing this just now. Wait 5 seconds and try again."
        );
    }
}
