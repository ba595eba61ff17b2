//! Addresses that came from outside: which of them are followed.

use crate::ui::paths::{HOME, LOGIN};

/// An address to go on to, if it is one of this house; home otherwise. Anything that a
/// browser could read as another host is not followed.
pub fn local(next: &str) -> &str {
    let dead_end = next.starts_with("/api/") || next.starts_with(LOGIN);
    if stays_here(next) && !dead_end { next } else { HOME }
}

/// Whether a browser stays on this host when it follows that: `//elsewhere.example` leaves it, and so does whatever a browser reads
/// alike, since it passes over tabs and lines and takes `\` for `/`.
pub fn stays_here(location: &str) -> bool {
    let strange = |c: char| c == '\\' || c.is_control() || c.is_whitespace();
    location.starts_with('/') && !location.starts_with("//") && !location.contains(strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_house_are_followed_after_signing_in() {
        for inside in ["/", "/licenses?state=active&q=a%20b", "/customers/new", "/licenses/0193#keys"] {
            assert_eq!(local(inside), inside);
        }
        let outside = [
            "",
            "licenses",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/a\nSet-Cookie: x",
            "\u{a0}//evil.example",
            "/login?next=/login",
            "/api/sessions/sign_out",
        ];
        for outside in outside {
            assert_eq!(local(outside), HOME, "{outside:?}");
        }
    }
}
