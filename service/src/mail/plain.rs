//! What was typed, in the plain text of a mail and in its subject.
//!
//! Nothing in plain text is markup, so nothing has to be escaped; but a name with a line break in it could end our sentence and go on
//! as a paragraph of ours, and a mark of direction could turn the rest of it round. Forms refuse breaks in names; this holds for
//! whatever is stored.

use std::fmt::{self, Write};

use askama::filters::Escaper;
use domain::text;

/// How every value is written into a mail: as one line. `askama.toml` gives it to all our templates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneLine;

impl Escaper for OneLine {
    fn write_escaped_str<W: Write>(&self, mut mail: W, value: &str) -> fmt::Result {
        mail.write_str(&text::one_line(value))
    }
}

/// The whole text of a mail, in which some values have lines of their own: these are its only control characters.
pub(crate) fn letter(rendered: &str) -> String {
    let lines = rendered.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let line = |line: &str| line.split('\t').map(text::one_line).collect::<Vec<_>>().join("\t");
    lines.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::mail::{Activation, ApplicationRejected, Secret};

    #[test]
    fn a5_a_name_in_a_mail_begins_no_paragraph_of_its_own() {
        let mail = Activation {
            name: "Anna,\n\nyour account is closed.\u{2028}",
            organisation: "ACME\r\n\r\nPay here: \u{202e}Ltd",
            username: "anna@northwind.example",
            link: &Secret::link("https://keys.example/activate/0".to_owned()),
            hours: 72,
        };
        let text = letter(&mail.render().expect("a mail"));
        assert_eq!(
            text,
            "Hello Anna,  your account is closed. ,\n\nACME    Pay here: Ltd has opened a sign-in for you. Choose a password to \
             activate it:\n\n[link left out]\n\nThe link works once and for 72 hours. You will sign in as \
             anna@northwind.example.\n\nIf you did not expect this e-mail, you can ignore it."
        );
    }

    #[test]
    fn a3_a_reason_keeps_its_lines_and_nothing_else_that_nobody_sees() {
        let mail = ApplicationRejected { organisation: "</title><b>\"';=1+1", reason: "Sorry:\r\n\t1.\u{7}\u{2029}2." };
        assert_eq!(
            letter(&mail.render().expect("a mail")),
            "Hello,\n\nthank you for your application as a reseller of </title><b>\"';=1+1. We cannot accept it:\n\nSorry:\n\t1. \n2.\n\n\
             What you wrote to us has been erased. You are welcome to apply again."
        );
    }
}
