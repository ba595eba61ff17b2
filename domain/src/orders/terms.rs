//! Terms of use of what is ordered: shown before the order, accepted once for all its lines, and kept as they were shown (O1).

use serde::{Deserialize, Serialize};

use super::{Consent, ConsentForm};
use crate::{ContactId, FieldErrors, Moment, Refusal, Timestamp};

/// The terms of use of the options of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsOfUse {
    /// Each text once.
    pub parts: Vec<TermsPart>,
    /// By what they are known again when the order is sent.
    pub mark: String,
}

/// One text, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsPart {
    /// The options, by product and name.
    pub of: Vec<String>,
    /// The terms as staff wrote them.
    pub text: String,
}

impl TermsOfUse {
    /// The terms of these options, each with its text if it has one; `None` where there is nothing to accept. `mark` makes the
    /// mark of a text.
    pub fn of(
        options: impl IntoIterator<Item = (String, Option<String>)>,
        mark: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let mut parts: Vec<TermsPart> = Vec::new();
        for (name, text) in options {
            let Some(text) = text else { continue };
            match parts.iter_mut().find(|part| part.text == text) {
                Some(part) if part.of.contains(&name) => {}
                Some(part) => part.of.push(name),
                None => parts.push(TermsPart { of: vec![name], text }),
            }
        }
        let terms = Self { mark: String::new(), parts };
        (!terms.parts.is_empty()).then(|| Self { mark: mark(&terms.text()), ..terms })
    }

    /// All of it, as it is kept.
    pub fn text(&self) -> String {
        self.parts.iter().map(TermsPart::whole).collect::<Vec<_>>().join("\n\n")
    }
}

impl TermsPart {
    /// What it is for, in a line.
    pub fn name(&self) -> String {
        self.of.join("; ")
    }

    fn whole(&self) -> String {
        format!("{}:\n{}", self.name(), self.text)
    }
}

/// What is sent from under the terms: the box, and which terms were on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    /// `I accept the terms of use`: a box, `on` when ticked.
    pub accept: String,
    /// The mark of the terms that were shown.
    pub terms: String,
}

/// Why an order is not taken by what was said to its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAccepted {
    /// The box is not ticked.
    Box(FieldErrors),
    /// Others were shown.
    Others(Refusal),
}

impl TermsForm {
    /// The consent to the terms of now, which have to be those that were shown.
    ///
    /// # Errors
    /// A message at `accept`, or [`Refusal::TermsChanged`].
    pub fn check(
        &self,
        now: &TermsOfUse,
        by: ContactId,
        at: Timestamp,
        address: &str,
        browser: &str,
    ) -> Result<Consent, NotAccepted> {
        let form = ConsentForm { accept: self.accept.clone() };
        let consent = form.check(&now.text(), by, at, address, browser).map_err(NotAccepted::Box)?;
        if self.terms == now.mark { Ok(consent) } else { Err(NotAccepted::Others(Refusal::TermsChanged)) }
    }
}

/// What was on the screen when an order was placed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What it came to, in minor units.
    pub total: i64,
    /// What was said to its terms.
    pub terms: TermsForm,
}

impl From<i64> for Seen {
    /// A total, and no terms.
    fn from(total: i64) -> Self {
        Self { total, terms: TermsForm::default() }
    }
}

/// What a page shows of the consent that was given with an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// From which network address, with which browser; the operator reads it.
    pub from: Option<String>,
    /// The terms as they were shown.
    pub terms: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(options: &[(&str, Option<&str>)]) -> Option<TermsOfUse> {
        let options = options.iter().map(|(name, text)| ((*name).to_owned(), text.map(str::to_owned)));
        TermsOfUse::of(options, |text| format!("mark of {}", text.len()))
    }

    fn check(form: &TermsForm, now: &TermsOfUse) -> Result<String, NotAccepted> {
        let at = "2026-11-21T10:00:00Z".parse().expect("a time");
        form.check(now, uuid::Uuid::from_u128(7).into(), at, "192.0.2.7", "Firefox").map(|consent| consent.terms)
    }

    #[test]
    fn o1_the_same_terms_are_shown_once_and_none_where_no_option_has_any() {
        assert_eq!(terms(&[("Broom", None), ("Mop", None)]), None);
        let shown =
            terms(&[("Broom", Some("Sweep.")), ("Rag", None), ("Mop", Some("Wipe.")), ("Brush", Some("Sweep."))]);
        let shown = shown.expect("terms");
        assert_eq!(shown.text(), "Broom; Brush:\nSweep.\n\nMop:\nWipe.");
        assert_eq!(shown.mark, "mark of 32");
        let twice = terms(&[("Broom", Some("Sweep.")), ("Broom", Some("Sweep."))]).expect("terms");
        assert_eq!(twice.text(), "Broom:\nSweep.");
    }

    #[test]
    fn o1_what_was_shown_is_accepted_and_nothing_else() {
        let now = terms(&[("Broom", Some("Sweep."))]).expect("terms");
        let form = |accept: &str, mark: &str| TermsForm { accept: accept.to_owned(), terms: mark.to_owned() };
        assert_eq!(check(&form("on", &now.mark), &now), Ok("Broom:\nSweep.".to_owned()));
        assert!(
            matches!(check(&form("", &now.mark), &now), Err(NotAccepted::Box(errors)) if errors.get("accept").is_some())
        );
        assert_eq!(check(&form("on", "mark of 9"), &now), Err(NotAccepted::Others(Refusal::TermsChanged)));
    }
}
