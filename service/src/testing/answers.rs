//! What a deed answered, as stories ask for it.

use std::fmt::Debug;

use domain::{FieldErrors, Refusal};

use crate::Error;

/// Why the rules refused.
///
/// # Panics
/// When they did not.
pub fn refusal<T: Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// The messages at the fields.
///
/// # Panics
/// When there are none.
pub fn errors<T: Debug>(result: Result<T, Error>) -> FieldErrors {
    match result {
        Err(Error::Fields(errors)) => errors,
        other => panic!("expected messages at fields, got {other:?}"),
    }
}

/// Whether it was not there for whoever asked.
pub fn is_not_found<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}
