//! What of a posted form is kept for the page that shows it again.

#[cfg(test)]
mod every_form;

use app::Fault;
use domain::{FormKey, Refusal};
use url::form_urlencoded;

/// Parts of the names of fields that are never kept.
const SECRET: [&str; 3] = ["password", "current", "token"];
/// Names of fields that are never kept: codes of a second factor, and what a passkey answers.
const SECRET_NAMES: [&str; 2] = ["code", "answer"];
/// The forms of people who are not signed in, and which of their fields are kept. Everybody in the world can send them, so nothing
/// else is kept of nobody.
const OF_NOBODY: [(&str, &[&str]); 6] = [
    ("sessions/sign_in", &["login", "next"]),
    ("contacts/forgot", &["login"]),
    ("contacts/activate", &[]),
    ("contacts/reset", &[]),
    ("contacts/ask_new_link", &[]),
    (
        "applications/apply",
        &[FormKey::FIELD, "organisation", "first_name", "last_name", "email", "phone", "country", "website", "message"],
    ),
];
/// Bytes of names and values that are kept in all. The longest form of ours has some 30 kB.
const MOST: usize = 64 * 1024;

/// The fields of a url-encoded body. A body of another kind has none that we know.
pub fn typed(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// Those to keep: no secret, and no form key that was itself refused. More than a form of ours
/// can hold is not ours, and nothing of it is kept.
pub fn to_keep(typed: Vec<(String, String)>, fault: &Fault) -> Vec<(String, String)> {
    let spent = matches!(fault.refusal(), Some(Refusal::FormUnknown | Refusal::FormSentBefore));
    let left_out = |name: &str| is_secret(name) || (spent && is_key(name));
    let kept: Vec<_> = typed.into_iter().filter(|(name, _)| !left_out(name)).collect();
    let size: usize = kept.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size <= MOST { kept } else { Vec::new() }
}

/// The fields to keep of somebody who is not signed in; `None` when it is no form of such people, or when the page could do nothing
/// with what it was told.
pub fn of_nobody(endpoint: &str, fields: Vec<(String, String)>, fault: &Fault) -> Option<Vec<(String, String)>> {
    if !(fault.is_ours() || matches!(fault, Fault::Fields(_) | Fault::Refused(_))) {
        return None;
    }
    let (_, known) = OF_NOBODY.iter().find(|(form, _)| *form == endpoint)?;
    let mut kept: Vec<(String, String)> = Vec::with_capacity(known.len());
    for (name, value) in fields {
        // A form of ours has each of its fields once.
        if known.contains(&name.as_str()) && !kept.iter().any(|(kept, _)| *kept == name) {
            kept.push((name, value));
        }
    }
    // Also where nothing was typed: what was wrong is shown at the fields.
    Some(kept)
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    let own = name.rsplit_once('[').map_or(name.as_str(), |(_, own)| own.trim_end_matches(']'));
    SECRET.iter().any(|secret| name.contains(secret)) || SECRET_NAMES.contains(&own)
}

fn is_key(name: &str) -> bool {
    name.contains(FormKey::FIELD)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] =
        b"form[login]=anna&form[Password]=secret&form[current]=old&token=t&notes=a+%3Cb%3E&idempotency_key=k";

    fn kept(fault: &Fault) -> Vec<String> {
        to_keep(typed(BODY), fault).into_iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn x3_what_was_typed_is_kept_but_never_a_secret() {
        assert_eq!(kept(&Fault::NotFound), ["form[login]=anna", "notes=a <b>", "idempotency_key=k"]);
    }

    #[test]
    fn x3_a_code_is_a_secret_and_a_postal_code_is_none() {
        let body = b"code=abcde12345&form[code]=123456&answer={}&postal_code=10115";
        assert_eq!(to_keep(typed(body), &Fault::NotFound), [("postal_code".to_owned(), "10115".to_owned())]);
    }

    #[test]
    fn of_nobody_only_the_known_fields_of_the_forms_of_such_people_are_kept() {
        let refused = Fault::from(Refusal::SignInFailed);
        let kept = |endpoint: &str, fault: &Fault| {
            of_nobody(endpoint, typed(b"login=anna&junk=%01%01&login=again&next=%2F"), fault)
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(kept("sessions/sign_in", &refused), Some(vec![pair("login", "anna"), pair("next", "/")]));
        assert_eq!(kept("contacts/forgot", &refused), Some(vec![pair("login", "anna")]));
        assert_eq!(kept("licenses/begin", &refused), None);
        for ours in [Fault::Broken { request: String::new() }, Fault::NotNow, Fault::OutcomeUnknown] {
            assert_eq!(kept("contacts/forgot", &ours), Some(vec![pair("login", "anna")]), "{ours:?}");
        }
        let kept_of = |endpoint, body: &[u8]| of_nobody(endpoint, typed(body), &refused);
        assert_eq!(
            kept_of("contacts/forgot", b"login=+&junk=x"),
            Some(vec![pair("login", " ")]),
            "what was wrong is shown"
        );
        assert_eq!(kept_of("contacts/reset", b"token=t&password=x"), Some(vec![]), "what was wrong is shown");
        for useless in [Fault::TooMany { seconds: 60 }, Fault::SignedOut, Fault::NotFound, Fault::TooLarge] {
            assert_eq!(kept("sessions/sign_in", &useless), None, "{useless:?}");
        }
    }

    #[test]
    fn o2_a_form_key_that_was_refused_is_not_offered_again() {
        assert_eq!(kept(&Fault::from(Refusal::FormSentBefore)), ["form[login]=anna", "notes=a <b>"]);
    }

    #[test]
    fn more_than_a_form_can_hold_is_not_kept() {
        let flood = vec![("notes".to_owned(), "x".repeat(MOST))];
        assert_eq!(to_keep(flood, &Fault::NotFound), []);
    }
}
