//! How the view of a list stands in an address.

use serde::Serialize;

/// The query part of an address, without the question mark: what is said, and nothing of what is empty. That is left out here and not by
/// the types of the views, which a page holds beside its rows: there every field has its place.
pub(crate) fn address(view: &impl Serialize) -> String {
    let all = serde_qs::to_string(view).unwrap_or_default();
    // Of nothing there is the name alone, of an empty text the name and `=`.
    let said = all.split('&').filter(|pair| pair.split_once('=').is_some_and(|(_, value)| !value.is_empty()));
    said.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct View {
        q: &'static str,
        state: Option<&'static str>,
        after: Option<i64>,
    }

    #[test]
    fn what_is_empty_does_not_stand_in_an_address() {
        assert_eq!(address(&View { q: "", state: None, after: None }), "");
        assert_eq!(address(&View { q: "", state: None, after: Some(7) }), "after=7");
        assert_eq!(address(&View { q: "a&b", state: Some("held"), after: None }), "q=a%26b&state=held");
    }
}
