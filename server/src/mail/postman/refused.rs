//! Whom a mail server refuses when it refuses a letter for good: the recipient, or us.

use lettre::transport::smtp::Error;

/// What the mail server said beside the code.
pub fn words(error: &Error) -> String {
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

/// Words of a server that refuses whoever sends, where it says so without an enhanced code.
const OF_US: [&str; 9] = ["relay", "denied", "auth", "block", "sender", "spam", "policy", "listed", "rcpthosts"];

/// Whether an answer that is final (5xx) is about the recipient. lettre does not tell which command it answers: the enhanced code says
/// so, where there is one (RFC 3463: 5.1 is the address, but for 7 and 8, which are the sender's; 5.2 is the mailbox).
pub fn refuses_recipient(code: u16, words: &str) -> bool {
    match enhanced(words) {
        Some((1, detail)) => !matches!(detail, 7 | 8),
        Some((subject, _)) => subject == 2,
        None => {
            let words = words.to_lowercase();
            matches!(code, 550..=553) && !OF_US.iter().any(|word| words.contains(word))
        }
    }
}

/// Subject and detail of the enhanced code that an answer begins with, as in `5.1.1 no such person`.
fn enhanced(words: &str) -> Option<(u16, u16)> {
    let code = words.split_whitespace().next()?.trim_matches(|sign: char| !sign.is_ascii_digit());
    let (subject, detail) = code.strip_prefix("5.")?.split_once('.')?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}
