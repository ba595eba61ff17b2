//! Takes nothing under `/api` but what our own forms and programs send.
//!
//! Each server function reads `application/x-www-form-urlencoded` (the default of Leptos, and what a browser sends by itself), and
//! would read a body of any other kind as if it were that. A form with `enctype="text/plain"`, which somebody has smuggled into a
//! page, could so say anything; files go to addresses of their own, and what Stripe tells us has its own as well.

use axum::{
    body::HttpBody,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};

/// The one kind; what follows a `;` says in which letters.
const FORM: &str = "application/x-www-form-urlencoded";

/// The layer; all else is answered with 415, before anybody reads it.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/api/") && !is_form(request.headers(), request.body().is_end_stream()) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    next.run(request).await
}

/// Whether all that is said of the body is that it is a form; of no body nothing has to be said.
fn is_form(headers: &HeaderMap, is_empty: bool) -> bool {
    let mut said = headers.get_all(CONTENT_TYPE).iter().peekable();
    let silent = said.peek().is_none();
    let form = |kind: &str| kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM));
    if silent { is_empty } else { said.all(|kind| kind.to_str().is_ok_and(form)) }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(kinds: &[&'static str]) -> HeaderMap {
        kinds.iter().map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind))).collect()
    }

    #[test]
    fn only_a_form_is_one() {
        for form in [FORM, "application/x-www-form-urlencoded;charset=UTF-8", "Application/X-WWW-Form-Urlencoded ; a=b"]
        {
            assert!(is_form(&of(&[form]), false), "{form}");
        }
        for other in [
            "text/plain",
            "multipart/form-data; boundary=a",
            "application/json",
            "",
            "application/x-www-form-urlencodedx",
        ] {
            assert!(!is_form(&of(&[other]), false), "{other}");
            assert!(!is_form(&of(&[other]), true), "{other}, of nothing");
            assert!(!is_form(&of(&[FORM, other]), false), "{other}, beside a form");
        }
        assert!(!is_form(&of(&[]), false));
        assert!(is_form(&of(&[]), true));
    }
}
