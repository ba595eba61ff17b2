//! Text that people type: kept as typed, without what cannot be shown.
//!
//! Markup, emoji and right-to-left marks are text like any other and are shown as such;
//! invisible control characters are refused, because nobody can see what they would do.

/// One line: a name, a company, a phone number. Trimmed; `Ok(None)` when nothing was typed.
///
/// # Errors
/// A sentence for the field when it holds control characters or more than `most` characters.
pub fn line(typed: &str, most: usize) -> Result<Option<String>, String> {
    let text = typed.trim();
    if text.chars().any(char::is_control) {
        return Err("Remove the invisible control characters.".to_owned());
    }
    within(text, most)
}

/// One line that must be there; `what` names it in the message, as in "Enter the first name."
///
/// # Errors
/// As [`line`], and when nothing was typed.
pub fn required(typed: &str, what: &str, most: usize) -> Result<String, String> {
    line(typed, most)?.ok_or_else(|| format!("Enter the {what}."))
}

/// Several lines: notes and details. Line ends become `\n`; `Ok(None)` when nothing was typed.
///
/// # Errors
/// As [`line`]; line breaks and tabs are allowed.
pub fn lines(typed: &str, most: usize) -> Result<Option<String>, String> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err("Remove the invisible control characters.".to_owned());
    }
    within(text, most)
}

fn within(text: &str, most: usize) -> Result<Option<String>, String> {
    match text.chars().count() {
        0 => Ok(None),
        long if long > most => Err(format!("Shorten this to {most} characters; it has {long}.")),
        _ => Ok(Some(text.to_owned())),
    }
}

/// The address of a website: a name with a dot, with or without `https://` before it; `Ok(None)` when nothing was typed.
///
/// # Errors
/// As [`line`], and a sentence when it is no address.
pub fn website(typed: &str) -> Result<Option<String>, String> {
    let site = line(typed, 200)?;
    let host = |site: &str| {
        let bare = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).unwrap_or(site);
        bare.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
    };
    match &site {
        Some(site) if !host(site).contains('.') || site.chars().any(is_invisible) || host(site).contains('@') => {
            Err("Enter an address like www.company.com, or leave it empty.".to_owned())
        }
        _ => Ok(site),
    }
}

/// Marks that change nothing but how other characters are ordered or joined.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_text_is_kept_as_typed_whatever_it_looks_like() {
        for typed in ["</textarea><script>alert(1)</script>", "שלום \u{200f}world", "👩‍👩‍👧‍👦 Ltd", "O'Brien & \"Sons\""]
        {
            assert_eq!(line(typed, 100), Ok(Some(typed.to_owned())));
        }
        assert_eq!(lines(" a\r\nb\rc\t ", 9), Ok(Some("a\nb\nc".to_owned())));
    }

    #[test]
    fn x3_what_is_no_website_is_refused() {
        for right in ["", "initech.example", "https://www.initech.example/shop?a=b"] {
            assert!(website(right).is_ok(), "{right}");
        }
        for wrong in ["initech", "https://", "javascript:alert(1)", "a b.example", "https://me@initech.example"] {
            assert!(website(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn x3_control_characters_and_too_much_text_are_refused_with_the_numbers() {
        assert_eq!(line("a\u{0}b", 9), Err("Remove the invisible control characters.".to_owned()));
        assert!(line("a\nb", 9).is_err());
        assert!(lines("a\u{1b}[31mb", 99).is_err());
        assert_eq!(lines(&"x".repeat(10_240), 4_000), Err("Shorten this to 4000 characters; it has 10240.".to_owned()));
        assert_eq!(line("   ", 9), Ok(None));
        assert_eq!(required(" ", "first name", 9), Err("Enter the first name.".to_owned()));
    }
}
