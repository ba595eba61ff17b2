//! Reads the session cookie that `app` has set.

use app::cookies::session_name;
use http::{HeaderMap, header::COOKIE};

/// The token in the cookie of a request.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let name = session_name(secure);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    cookies
        .flat_map(|header| header.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(found, token)| (found == name && !token.is_empty()).then_some(token))
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
