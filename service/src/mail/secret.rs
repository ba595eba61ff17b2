//! What in a mail opens something for whoever reads it: a link that signs in, a license key, what a reseller tells its customer
//! alone. It goes to the recipient and to nobody else, staff included (A9): a mail is written twice, once whole for its sender,
//! and once without its secrets for the page of the outbox.
//!
//! A [`Secret`] has no `Display`, so a template that puts one into its text without the filter `secret` does not compile.

use std::any::Any;

use askama::Template;

use super::plain;
use crate::Error;

/// A part of a mail that only its recipient reads. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    text: String,
    left_out: &'static str,
}

impl Secret {
    /// A link that works for whoever follows it.
    pub(crate) fn link(text: String) -> Self {
        Self { text, left_out: "[link left out]" }
    }

    /// A license key.
    pub(crate) fn key(text: String) -> Self {
        Self { text, left_out: "[key left out]" }
    }

    /// What a reseller tells its customer with the keys.
    pub(crate) fn details(text: &str) -> Self {
        Self { text: text.to_owned(), left_out: "[details left out]" }
    }

    /// The secret itself, for whom it is meant.
    pub(crate) fn reveal(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.left_out)
    }
}

impl AsRef<Secret> for Secret {
    fn as_ref(&self) -> &Secret {
        self
    }
}

/// The value by which a template is told that it is written for the recipient.
const WHOLE: &str = "whole";

/// The text of a mail.
pub(super) struct Text {
    /// Without its secrets, for staff.
    pub shown: String,
    /// With them, for the recipient; `None` when there are none.
    pub whole: Option<String>,
}

impl Text {
    /// Writes a mail.
    pub(super) fn of(mail: &impl Template) -> Result<Self, Error> {
        let failed = |error: askama::Error| Error::Internal(error.to_string());
        let shown = plain::letter(&mail.render().map_err(failed)?);
        let whole = plain::letter(&mail.render_with_values(&(WHOLE, &true as &dyn Any)).map_err(failed)?);
        Ok(Self { whole: (whole != shown).then_some(whole), shown })
    }
}

/// The filters of the templates.
pub(super) mod filters {
    use askama::Values;

    use super::{Secret, WHOLE};

    /// The secret where the mail is written for its recipient, and everywhere else what stands in for it.
    #[askama::filter_fn]
    pub(crate) fn secret<T: AsRef<Secret>>(secret: T, values: &dyn Values) -> askama::Result<String> {
        let secret = secret.as_ref();
        let whole = askama::get_value::<bool>(values, WHOLE).is_ok_and(|whole| *whole);
        Ok(if whole { secret.text.clone() } else { secret.left_out.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Template)]
    #[template(
        source = "Dear {{ name }}: {{ link|secret }}{% for key in keys %} {{ key|secret }}{% endfor %}",
        ext = "txt"
    )]
    struct Letter<'a> {
        name: &'a str,
        link: &'a Secret,
        keys: Vec<Secret>,
    }

    #[test]
    fn a9_a_mail_is_shown_without_its_secrets_and_sent_with_them() {
        let link = Secret::link("https://keys.example/reset/0123".to_owned());
        let keys = vec![Secret::key("ABCDE-FGHJK".to_owned())];
        let text = Text::of(&Letter { name: "Anna", link: &link, keys }).expect("a text");
        assert_eq!(text.shown, "Dear Anna: [link left out] [key left out]");
        assert_eq!(text.whole.as_deref(), Some("Dear Anna: https://keys.example/reset/0123 ABCDE-FGHJK"));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", Secret::details("The code is 1234.")), "[details left out]");
    }
}
