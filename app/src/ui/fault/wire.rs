//! How other errors become a fault, and how a fault travels.

use domain::FieldErrors;
#[cfg(feature = "ssr")]
use domain::Refusal;
use http::StatusCode;
#[cfg(feature = "ssr")]
use leptos::server_fn::Bytes;
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

#[cfg(feature = "ssr")]
use crate::ui::data::packed::{FAULT, pack_after, unpack};
use crate::ui::fault::Fault;

#[cfg(feature = "ssr")]
impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<FieldErrors> for Fault {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}

#[cfg(feature = "ssr")]
impl From<service::Error> for Fault {
    fn from(error: service::Error) -> Self {
        use service::Error;
        match error {
            Error::Fields(errors) => Self::Fields(errors),
            Error::Refused(refusal) => refusal.into(),
            Error::NotFound => Self::NotFound,
            Error::Due(due) => Self::Due(due),
            Error::Unconfirmed => Self::Unconfirmed,
            Error::TooLarge => Self::TooLarge,
            Error::SignedOut => Self::SignedOut,
            Error::TooMany { seconds } => {
                crate::ui::request::set_retry_after(seconds);
                Self::TooMany { seconds }
            }
            Error::Busy { seconds } => {
                crate::ui::request::set_retry_after(seconds);
                Self::Busy { seconds }
            }
            Error::Store(error) if error.outcome_is_unknown() => crate::ui::request::outcome_unknown(&error),
            Error::Store(error) if error.is_for_now() => crate::ui::request::not_now(&error),
            error @ (Error::Store(_) | Error::Internal(_)) => crate::ui::request::broken(&error),
        }
    }
}

#[cfg(feature = "ssr")]
impl Fault {
    /// As the program in a page reads it.
    pub fn packed(&self) -> Vec<u8> {
        pack_after(FAULT, self).unwrap_or_default()
    }

    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(refused) => refused.refusal(),
            _ => None,
        }
    }

    /// Reads it from an answer, in whichever form it was asked for.
    pub fn read(body: Bytes) -> Self {
        match body.split_first() {
            Some((&FAULT, fault)) => {
                let (Ok(fault) | Err(fault)) = unpack(fault);
                fault
            }
            _ => Self::de(body),
        }
    }
}

/// For all but the program in a page, which packs it: see [`Fault::packed`].
impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        return match error {
            // The body was no form of ours; the person did not type that, so the page is stale or made by hand.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Refusal::FormUnknown.into()
            }
            error => crate::ui::request::broken(&error),
        };
        #[cfg(not(feature = "ssr"))]
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            _ => Self::Broken { request: String::new() },
        }
    }

    fn status_code(&self) -> StatusCode {
        self.status()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use domain::actor::Due;

    use super::*;

    #[test]
    fn each_fault_survives_the_wire_in_both_forms() {
        let mut errors = FieldErrors::at("quantity", "Enter a number.");
        errors.add("notes", "Shorten this: \"ä\".");
        for fault in [
            Fault::Fields(errors),
            Fault::Fields(FieldErrors::default()),
            Refusal::FormUnknown.into(),
            Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 }.into(),
            Refusal::ChangedMeanwhile { changed: Vec::new(), edition: 7 }.into(),
            Fault::NotFound,
            Fault::SignedOut,
            Fault::Due(Due::Proof),
            Fault::Due(Due::Debt),
            Fault::Unconfirmed,
            Fault::TooLarge,
            Fault::TooMany { seconds: u64::MAX },
            Fault::Busy { seconds: 5 },
            Fault::Broken { request: String::new() },
            Fault::Broken { request: "01935f6e".to_owned() },
            Fault::Offline,
            Fault::NotNow,
            Fault::OutcomeUnknown,
            Fault::Outdated,
        ] {
            assert_eq!(Fault::read(fault.packed().into()), fault);
            assert_eq!(Fault::read(fault.ser().body), fault);
        }
    }
}
