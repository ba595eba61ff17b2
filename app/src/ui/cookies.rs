//! The cookies of the house: the session, the browser that is known again, the theme, and a link that is shown once. What a page does
//! not have to read, no script can; and over https each name begins as browsers refuse it from any other host, or from a page without https.

/// The name of the session cookie. Over https the prefix makes the browser refuse it from any other host.
pub const fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-keyhouse" } else { "keyhouse" }
}

/// The name of the cookie that keeps the theme.
pub const fn theme_name(secure: bool) -> &'static str {
    if secure { "__Host-theme" } else { "theme" }
}

const YEAR: u32 = 365 * 24 * 60 * 60;
/// As long as browsers keep any cookie, and as the server believes it.
const DEVICE_SECONDS: u32 = 400 * 24 * 60 * 60;

/// The cookie that signs a browser in, until it is closed or the session ends.
pub fn session(token: &str, secure: bool) -> String {
    format!("{}={token}; {}", session_name(secure), attributes(secure))
}

/// The cookie that signs a browser out.
pub fn no_session(secure: bool) -> String {
    format!("{}=; Max-Age=0; {}", session_name(secure), attributes(secure))
}

/// The name of the cookie by which a browser is known again in which somebody has signed in (A6).
pub const fn device_name(secure: bool) -> &'static str {
    if secure { "__Host-keyhouse-device" } else { "keyhouse-device" }
}

/// The cookie by which a browser is known again: it opens nothing and stays when somebody signs out.
pub fn device(value: &str, secure: bool) -> String {
    format!("{}={value}; Max-Age={DEVICE_SECONDS}; {}", device_name(secure), attributes(secure))
}

/// The cookie that keeps the theme.
pub fn theme(word: &str, secure: bool) -> String {
    format!("{}={word}; Max-Age={YEAR}; {}", theme_name(secure), attributes(secure))
}

/// The name of the cookie that carries a link to the page that shows it once. It is for that page alone, so it cannot be for the host.
pub const fn shown_once_name(secure: bool) -> &'static str {
    if secure { "__Secure-shown-once" } else { "shown-once" }
}

/// The cookie that carries a link over to a page, where there is no program to show it: read once, for a minute at most.
pub fn shown_once(link: &str, page: &str, secure: bool) -> String {
    format!("{}={link}; Max-Age=60; {}", shown_once_name(secure), on_page(page, secure))
}

/// The cookie that takes it away again.
pub fn shown(page: &str, secure: bool) -> String {
    format!("{}=; Max-Age=0; {}", shown_once_name(secure), on_page(page, secure))
}

fn on_page(page: &str, secure: bool) -> String {
    let bound = if secure { "; Secure" } else { "" };
    format!("Path={page}; HttpOnly; SameSite=Strict{bound}")
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
    fn a6_the_cookie_that_a_browser_is_known_by_is_out_of_reach_for_scripts() {
        assert_eq!(
            device("abc", true),
            "__Host-keyhouse-device=abc; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(device("abc", false), "keyhouse-device=abc; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn the_theme_is_kept_for_a_year() {
        assert_eq!(theme("dark", false), "theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax");
        assert_eq!(theme("dark", true), "__Host-theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn a_link_is_carried_to_one_page_for_a_minute() {
        let link = "https://keys.example/activate/0";
        let carried = "Max-Age=60; Path=/office/contacts/1; HttpOnly; SameSite=Strict";
        assert_eq!(shown_once(link, "/office/contacts/1", false), format!("shown-once={link}; {carried}"));
        assert_eq!(
            shown_once(link, "/office/contacts/1", true),
            format!("__Secure-shown-once={link}; {carried}; Secure")
        );
        let gone = "__Secure-shown-once=; Max-Age=0; Path=/office/contacts/1; HttpOnly; SameSite=Strict; Secure";
        assert_eq!(shown("/office/contacts/1", true), gone);
    }
}
