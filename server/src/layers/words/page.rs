//! The plain page that says what went wrong. What is put in from the request is a path of ours and what somebody typed themselves, as text.

use std::fmt::{self, Display, Formatter};

/// Said of a form of which nobody knows whether it was done.
pub const UNKNOWN: &str = "We cannot tell whether this was done. Send the same form again: it is done only once.";

/// Said of a form that was refused, while the database could not keep what was typed for the form's page.
pub const NOT_KEPT: &str = "Our database cannot be used just now, so the form cannot be shown with what you typed. Wait a minute and \
                            send it again from here: then it can.";

/// The page.
pub struct Page<'a> {
    /// The style sheet.
    pub style: &'a str,
    /// What happened.
    pub title: &'a str,
    /// What it means, and what to do.
    pub sentence: &'a str,
    /// How long to wait.
    pub seconds: Option<u64>,
    /// The page that the form stands on.
    pub back: Option<&'a str>,
    /// The form as it was sent: where to, and its fields.
    pub again: Option<&'a (String, Vec<(String, String)>)>,
    /// The request.
    pub id: &'a str,
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { style, title, sentence, id, .. } = *self;
        let wait = self.seconds.map(|seconds| format!(" That is {seconds} s.")).unwrap_or_default();
        write!(
            f,
            r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Keyhouse</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main id="main" class="gate">
<section class="gate-card">
<h1>{title}</h1>
<p>{sentence}{wait}</p>
"#,
            sentence = Text(sentence),
        )?;
        self.write_form(f)?;
        if let Some(back) = self.back {
            writeln!(f, r#"<p><a href="{}">Back to the form</a></p>"#, Text(back))?;
        }
        write!(
            f,
            r#"<p><a href="/">Go to the start page</a></p>
<p class="gate-end"><small>Request {id}</small></p>
</section>
</main>
</body>
</html>
"#
        )
    }
}

impl Page<'_> {
    fn write_form(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some((action, fields)) = self.again else { return Ok(()) };
        writeln!(f, r#"<form method="post" action="{}">"#, Text(action))?;
        for (name, value) in fields {
            writeln!(f, r#"<input type="hidden" name="{}" value="{}">"#, Text(name), Text(value))?;
        }
        writeln!(f, r#"<p><button class="button" data-kind="main">Send the same form again</button></p></form>"#)
    }
}

/// Text that stays text in HTML.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;"),
                '<' => f.write_str("&lt;"),
                '>' => f.write_str("&gt;"),
                '"' => f.write_str("&quot;"),
                '\'' => f.write_str("&#39;"),
                // A browser would make a line feed of a carriage return, and drop a first one.
                '\r' => f.write_str("&#13;"),
                '\n' => f.write_str("&#10;"),
                other => write!(f, "{other}"),
            }?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o2_a_form_of_unknown_outcome_can_be_sent_again_as_it_was_typed() {
        let fields = vec![
            ("idempotency_key".to_owned(), "k1".to_owned()),
            ("notes".to_owned(), "\"><script>alert('1')</script>\r\n& more".to_owned()),
        ];
        let again = ("/api/licenses/edit?back=%2Flicenses%2F1".to_owned(), fields);
        let page = Page {
            style: "/s.css",
            title: "Not now",
            sentence: UNKNOWN,
            seconds: None,
            back: Some("/licenses?a=1&b=\"2"),
            again: Some(&again),
            id: "r",
        };
        let page = page.to_string();
        for expected in [
            r#"<form method="post" action="/api/licenses/edit?back=%2Flicenses%2F1">"#,
            r#"<input type="hidden" name="idempotency_key" value="k1">"#,
            r#"value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&#13;&#10;&amp; more">"#,
            r#"<p><a href="/licenses?a=1&amp;b=&quot;2">Back to the form</a></p>"#,
            "Send the same form again: it is done only once.",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
    }
}
