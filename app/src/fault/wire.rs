//! How other errors become a fault, and how a fault travels.

use domain::{FieldErrors, Refusal};
use http::StatusCode;
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

use super::Fault;

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
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
            Error::Refused(refusal) => Self::Refused(refusal),
            Error::NotFound => Self::NotFound,
            Error::Due(due) => Self::Due(due),
            Error::Unconfirmed => Self::Unconfirmed,
            Error::TooLarge => Self::TooLarge,
            Error::SignedOut => Self::SignedOut,
            Error::TooMany { seconds } => {
                crate::request::set_retry_after(seconds);
                Self::TooMany { seconds }
            }
            Error::Busy { seconds } => {
                crate::request::set_retry_after(seconds);
                Self::Busy { seconds }
            }
            Error::Store(error) if error.outcome_is_unknown() => crate::request::outcome_unknown(&error),
            Error::Store(error) if error.is_for_now() => crate::request::not_now(&error),
            error @ (Error::Store(_) | Error::Internal(_)) => crate::request::broken(&error),
        }
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        return match error {
            // The body was no form of ours; the person did not type that, so the page is stale or made by hand.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Refused(Refusal::FormUnknown)
            }
            error => crate::request::broken(&error),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_survives_the_wire() {
        let fault = Fault::Refused(Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 });
        assert_eq!(Fault::de(fault.ser().body), fault);
    }
}
