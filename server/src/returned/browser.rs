//! The cookie by which a browser finds what it sent while nobody was signed in with it.

use domain::DraftId;
use http::{HeaderMap, HeaderValue, header::SET_COOKIE};

use crate::cookie;

/// How long somebody may take to sign in again, in seconds.
const HOUR: u32 = 60 * 60;

const fn name(secure: bool) -> &'static str {
    if secure { "__Host-again" } else { "again" }
}

/// What this browser sent last.
pub fn sent(headers: &HeaderMap, secure: bool) -> Option<DraftId> {
    cookie::find(headers, name(secure))?.parse().ok()
}

/// Lets the browser remember it; one at a time is enough.
pub fn remember(headers: &mut HeaderMap, secure: bool, id: DraftId) {
    let bound = if secure { "; Secure" } else { "" };
    let cookie = format!("{}={id}; Max-Age={HOUR}; Path=/; HttpOnly; SameSite=Lax{bound}", name(secure));
    headers.append(SET_COOKIE, HeaderValue::try_from(cookie).expect("names, digits and dashes are fit for a header"));
}
