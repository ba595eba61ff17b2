//! The two cookies of the house: the session, and the theme.

/// The name of the session cookie. Over https the prefix makes the browser refuse it from any other host.
pub const fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-keyhouse" } else { "keyhouse" }
}

/// The name of the cookie that keeps the theme.
pub const THEME: &str = "theme";

const YEAR: u32 = 365 * 24 * 60 * 60;

/// The cookie that signs a browser in, until it is closed or the session ends.
pub fn session(token: &str, secure: bool) -> String {
    format!("{}={token}; {}", session_name(secure), attributes(secure))
}

/// The cookie that signs a browser out.
pub fn no_session(secure: bool) -> String {
    format!("{}=; Max-Age=0; {}", session_name(secure), attributes(secure))
}

/// The cookie that keeps the theme.
pub fn theme(word: &str) -> String {
    format!("{THEME}={word}; Max-Age={YEAR}; Path=/; SameSite=Lax")
}

/// The name of the cookie that carries a link to the page that shows it once.
pub const SHOWN_ONCE: &str = "shown-once";

/// The cookie that carries a link over to a page, where there is no program to show it: read once, for a minute at most.
pub fn shown_once(link: &str, page: &str, secure: bool) -> String {
    let bound = if secure { "; Secure" } else { "" };
    format!("{SHOWN_ONCE}={link}; Max-Age=60; Path={page}; HttpOnly; SameSite=Strict{bound}")
}

/// The cookie that takes it away again.
pub fn shown(page: &str) -> String {
    format!("{SHOWN_ONCE}=; Max-Age=0; Path={page}; HttpOnly; SameSite=Strict")
}

fn attributes(secure: bool) -> &'static str {
    if secure { "Path=/; HttpOnly; SameSite=Lax; Secure" } else { "Path=/; HttpOnly; SameSite=Lax" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_cookie_is_bound_to_the_host_over_https() {
        assert_eq!(session("abc", true), "__Host-keyhouse=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(session("abc", false), "keyhouse=abc; Path=/; HttpOnly; SameSite=Lax");
        assert_eq!(no_session(true), "__Host-keyhouse=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn the_theme_is_kept_for_a_year() {
        assert_eq!(theme("dark"), "theme=dark; Max-Age=31536000; Path=/; SameSite=Lax");
    }
}
