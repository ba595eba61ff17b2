//! Two who change one thing at once: what the second is told before anything is overwritten.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// How much of a long text is told.
const TOLD: usize = 80;

/// A field that a change has changed: its name, and what stood and stands in it, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// `phone`.
    pub name: String,
    /// What stood there; empty for nothing.
    pub before: String,
    /// What stands there now; empty for nothing.
    pub after: String,
}

/// A field that somebody else has changed since a form was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meanwhile {
    /// Who changed it last, by name; empty when nobody knows.
    pub who: String,
    /// The field, as it was on the form and as it is now.
    pub changed: Changed,
}

impl Changed {
    /// A field, what stood in it and what stands in it.
    pub fn new(name: impl Into<String>, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { name: name.into(), before: before.into(), after: after.into() }
    }
}

impl Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {} to {}", self.name, quoted(&self.before), quoted(&self.after))
    }
}

impl Display for Meanwhile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = if self.who.is_empty() { "Somebody" } else { self.who.as_str() };
        write!(f, "{who} changed {}", self.changed)
    }
}

/// A value in one line, as a part of a sentence.
fn quoted(value: &str) -> String {
    let line = value.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    match line.char_indices().nth(TOLD) {
        _ if line.is_empty() => "nothing".to_owned(),
        Some((end, _)) => format!("\u{201c}{}\u{2026}\u{201d}", &line[..end]),
        None => format!("\u{201c}{line}\u{201d}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_one_line_from_what_to_what() {
        let told = |before: &str, after: &str| Changed::new("city", before, after).to_string();
        assert_eq!(told("", "Hamburg"), "city from nothing to \u{201c}Hamburg\u{201d}");
        assert_eq!(told("1\n2\n", " "), "city from \u{201c}1; 2\u{201d} to nothing");
        let long = "\u{e9}".repeat(TOLD + 1);
        let cut = "\u{e9}".repeat(TOLD);
        assert_eq!(told(&cut, &long), format!("city from \u{201c}{cut}\u{201d} to \u{201c}{cut}\u{2026}\u{201d}"));
        let nobody = Meanwhile { who: String::new(), changed: Changed::new("city", "a", "b") };
        assert!(nobody.to_string().starts_with("Somebody changed city"));
    }
}
