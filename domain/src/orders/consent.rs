//! Consent to terms of use, kept with who gave it, when and from where (O1, B6).

use serde::{Deserialize, Serialize};

use crate::{ContactId, FieldErrors, Timestamp, text};

/// The box under the terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsentForm {
    /// `I accept the terms of use`: a box, `on` when ticked.
    pub accept: String,
}

/// Somebody's consent. It is kept with the order or the payment that it was given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Who gave it.
    pub by: ContactId,
    /// When.
    pub at: Timestamp,
    /// The network address.
    pub address: String,
    /// What the browser said it is; empty when it said nothing.
    pub browser: String,
    /// The terms as they were shown, so that nobody has to guess later which ones these were.
    pub terms: String,
}

/// The most characters that are kept of what a browser says it is.
const BROWSER_MOST: usize = 500;

impl ConsentForm {
    /// The consent to `terms`, which is everything that was shown.
    ///
    /// # Errors
    /// A message at `accept` when the box is not ticked.
    pub fn check(
        &self,
        terms: &str,
        by: ContactId,
        at: Timestamp,
        address: &str,
        browser: &str,
    ) -> Result<Consent, FieldErrors> {
        if self.accept != "on" {
            return Err(FieldErrors::at("accept", "Accept the terms of use to go on."));
        }
        let browser = browser.chars().filter(|c| !c.is_control()).take(BROWSER_MOST).collect();
        let address = text::line(address, 100).ok().flatten().unwrap_or_default();
        Ok(Consent { by, at, address, browser, terms: terms.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn o1_consent_is_kept_with_person_time_address_browser_and_the_terms() {
        let (by, at) = (Uuid::from_u128(1).into(), "2026-11-21T10:00:00Z".parse().expect("a time"));
        let given = |accept: &str, browser: &str| {
            ConsentForm { accept: accept.to_owned() }.check("The terms", by, at, "192.0.2.7", browser)
        };
        let consent = Consent {
            by,
            at,
            address: "192.0.2.7".to_owned(),
            browser: "Firefox".to_owned(),
            terms: "The terms".to_owned(),
        };
        assert_eq!(given("on", "Fire\u{0}fox"), Ok(consent));
        assert_eq!(given("", "Firefox"), Err(FieldErrors::at("accept", "Accept the terms of use to go on.")));
        assert_eq!(given("on", &"x".repeat(10_240)).map(|kept| kept.browser.len()), Ok(BROWSER_MOST));
    }
}
