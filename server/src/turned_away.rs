//! What is answered beside the pages to whoever is not let in: to sign in, not found, or that it broke.

use app::paths;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use service::Error;

/// To the sign-in, and then on.
pub fn sign_in(next: &str) -> Response {
    Redirect::to(&paths::login_then(next)).into_response()
}

/// For what a deed says. The words for people are put to it by [`crate::layers::words`].
pub fn by(error: &Error) -> Response {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND.into_response(),
        Error::PasswordDue => Redirect::to(paths::ACCOUNT).into_response(),
        error => {
            tracing::error!(%error, "what was asked for cannot be answered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
