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
    if text.chars().any(|c| c.is_control() || is_break(c)) {
        return Err("Remove the invisible control characters.".to_owned());
    }
    within(text, most)
}

/// The name of a person or an organisation: one line that is no web address. It stands in mails that we send to others, and a program
/// that shows mail makes a link of an address, so a name could lead them anywhere in our name.
///
/// # Errors
/// As [`line`], and a sentence when it holds a web address.
pub fn name(typed: &str, most: usize) -> Result<Option<String>, String> {
    let name = line(typed, most)?;
    let lower = name.as_deref().unwrap_or_default().to_lowercase();
    if lower.contains("://")
        || lower.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| word.starts_with("www."))
    {
        return Err("Enter the name without a web address.".to_owned());
    }
    Ok(name)
}

/// A name that must be there; `what` names it in the message.
///
/// # Errors
/// As [`name`], and when nothing was typed.
pub fn required_name(typed: &str, what: &str, most: usize) -> Result<String, String> {
    name(typed, most)?.ok_or_else(|| format!("Enter the {what}."))
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
    let text = typed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
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

/// Text for a place that is one line and must stay one, as the subject of a mail: what would begin another line, or turn the order of
/// all that follows round, is not in it. What was typed through [`line`] has no breaks; what was stored before, or comes from others, may.
pub fn one_line(text: &str) -> String {
    let clean = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() || is_break(c) => Some(' '),
        c => Some(c),
    };
    text.chars().filter_map(clean).collect()
}

/// What nobody sees, and what yet changes how all that stands beside it is read.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || is_break(c)
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The ends of lines and paragraphs that Unicode has besides the control characters.
const fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
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
    fn x3_a_name_is_no_web_address() {
        for right in ["Booking.com", "</title><b>", "Anna: Berg // Sons", "Swww.", "O'Brien & \"Sons\""] {
            assert_eq!(name(right, 100), Ok(Some(right.to_owned())));
        }
        for wrong in
            ["https://evil.example", "You have won, see HTTP://evil.example", "WWW.evil.example", "(www.evil.example)"]
        {
            assert_eq!(name(wrong, 100), Err("Enter the name without a web address.".to_owned()), "{wrong}");
        }
        assert_eq!(required_name(" ", "first name", 9), Err("Enter the first name.".to_owned()));
    }

    #[test]
    fn x3_one_line_stays_one_whatever_stands_in_it() {
        assert_eq!(one_line("a\r\nBcc: b\u{2028}c\u{85}d\te\u{202e}f\u{200f}g"), "a  Bcc: b c d ef\u{200f}g");
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
        for broken in ["a\nb", "a\rb", "a\u{85}b", "a\u{2028}b", "a\u{2029}b", "a\u{1b}b"] {
            assert!(line(broken, 9).is_err(), "{broken:?}");
        }
        assert_eq!(lines("a\u{2028}b\u{2029}c", 9), Ok(Some("a\nb\nc".to_owned())));
        assert!(lines("a\u{1b}[31mb", 99).is_err());
        assert_eq!(lines(&"x".repeat(10_240), 4_000), Err("Shorten this to 4000 characters; it has 10240.".to_owned()));
        assert_eq!(line("   ", 9), Ok(None));
        assert_eq!(required(" ", "first name", 9), Err("Enter the first name.".to_owned()));
    }
}
