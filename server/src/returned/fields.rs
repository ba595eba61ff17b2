//! What of a posted form is kept for the page that shows it again.

use app::Fault;
use domain::{FormKey, Refusal};
use url::form_urlencoded;

/// Parts of the names of fields that are never kept.
const SECRET: [&str; 3] = ["password", "current", "token"];
/// Bytes of names and values that are kept in all. The longest form of ours has some 30 kB.
const MOST: usize = 64 * 1024;

/// The fields of a url-encoded body. A body of another kind has none that we know.
pub fn typed(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// Those to keep: no secret, and no form key that was itself refused. More than a form of ours
/// can hold is not ours, and nothing of it is kept.
pub fn to_keep(typed: Vec<(String, String)>, fault: &Fault) -> Vec<(String, String)> {
    let spent = matches!(fault, Fault::Refused(Refusal::FormUnknown | Refusal::FormSentBefore));
    let left_out = |name: &str| is_secret(name) || (spent && is_key(name));
    let kept: Vec<_> = typed.into_iter().filter(|(name, _)| !left_out(name)).collect();
    let size: usize = kept.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size <= MOST { kept } else { Vec::new() }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET.iter().any(|secret| name.contains(secret))
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
    fn o2_a_form_key_that_was_refused_is_not_offered_again() {
        assert_eq!(kept(&Fault::Refused(Refusal::FormSentBefore)), ["form[login]=anna", "notes=a <b>"]);
    }

    #[test]
    fn more_than_a_form_can_hold_is_not_kept() {
        let flood = vec![("notes".to_owned(), "x".repeat(MOST))];
        assert_eq!(to_keep(flood, &Fault::NotFound), []);
    }
}
