//! Reads the cookies of a request; the session's is set by `app`.

use app::cookies::{device_name, session_name};
use http::{HeaderMap, header::COOKIE};

/// The token in the session cookie.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, session_name(secure))
}

/// The cookie by which a browser is known again in which somebody has signed in.
pub fn device(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, device_name(secure))
}

/// The value of the first cookie of that very name.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    cookies
        .flat_map(|header| header.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(found, value)| (found == name && !value.is_empty()).then_some(value))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_the_cookie_of_that_very_name_counts() {
        let found = |cookies: &'static str, secure| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookies))]);
            token(&headers, secure).map(ToOwned::to_owned)
        };
        assert_eq!(found("theme=dark; keyhouse=abc", false).as_deref(), Some("abc"));
        assert_eq!(found("keyhouse=abc", true), None);
        assert_eq!(found("__Host-keyhouse=abc; keyhouse=old", true).as_deref(), Some("abc"));
        assert_eq!(found("xkeyhouse=abc; keyhouse=", false), None);
    }
}
