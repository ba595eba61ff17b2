//! Who takes the focus when a page arrives: pure, so that it can be tried without a browser.
//!
//! The address changes before the page stands there. Whoever types fast asks for the search of
//! a page that is still on its way; the wish is kept until its field is there, with all that is
//! typed after it.

/// The page that stands, and the search that was asked for before it stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arriving {
    /// The address of the page whose heading came last.
    at: String,
    wish: Option<Wish>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    path: String,
    typed: String,
}

/// What is seen of the page just now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight<'a> {
    /// Its address.
    pub path: &'a str,
    /// A search field stands there, be it the former page's.
    pub search: bool,
    /// A part of it is still on its way.
    pub loading: bool,
}

/// What takes the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Focus {
    /// Whatever has it.
    Stays,
    /// The heading.
    Heading,
    /// The search, with what was typed for it.
    Search(String),
}

impl Arriving {
    /// The page that the server wrote has been arrived at already.
    pub fn at(path: String) -> Self {
        Self { at: path, wish: None }
    }

    /// Somebody asks for the search. Whether to go there now; otherwise the wish is kept.
    pub fn ask(&mut self, seen: &Sight<'_>) -> bool {
        let now = self.at == seen.path && (seen.search || !seen.loading);
        self.wish = (!now).then(|| Wish { path: seen.path.to_owned(), typed: String::new() });
        now
    }

    /// Somebody types. Whether the key is kept for the search that was asked for; a key that no
    /// text is made of ends the wish, and so does any on a page that has no search.
    pub fn key(&mut self, seen: &Sight<'_>, key: &str) -> bool {
        // A field that stands there already takes the wish in a moment.
        let waits = self.at != seen.path || seen.loading || seen.search;
        let Some(mut wish) = self.wish.take().filter(|wish| waits && wish.path == seen.path) else { return false };
        match key {
            // There is nothing to search with yet; what was typed stays for it.
            "Shift" | "CapsLock" | "Enter" => {}
            "Backspace" => {
                wish.typed.pop();
            }
            key if key.chars().count() == 1 => wish.typed.push_str(key),
            _ => return false,
        }
        self.wish = Some(wish);
        true
    }

    /// The heading of a page came.
    pub fn heading(&mut self, seen: &Sight<'_>) -> Focus {
        if self.at == seen.path {
            return Focus::Stays;
        }
        seen.path.clone_into(&mut self.at);
        match self.wish.take_if(|wish| seen.search || wish.path != seen.path) {
            Some(wish) if wish.path == seen.path => Focus::Search(wish.typed),
            _ => Focus::Heading,
        }
    }

    /// A search field came. What was typed for it, if it was asked for; one that comes before its
    /// heading is found by it.
    pub fn field(&mut self, path: &str) -> Option<String> {
        let stands = self.at == path;
        self.wish.take_if(|wish| stands && wish.path == path).map(|wish| wish.typed)
    }

    /// Somebody does something else.
    pub fn forget(&mut self) {
        self.wish = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "/licenses";

    fn on_the_way() -> Arriving {
        Arriving::at("/".to_owned())
    }

    /// Of the list: whether a search stands there, whether rows are on their way.
    fn list(search: bool, loading: bool) -> Sight<'static> {
        Sight { path: LIST, search, loading }
    }

    #[test]
    fn the_search_of_a_page_that_stands_is_gone_to_at_once() {
        let mut page = Arriving::at(LIST.to_owned());
        assert!(page.ask(&list(true, false)));
        assert!(page.ask(&list(true, true)));
        assert_eq!(page.field(LIST), None);
    }

    #[test]
    fn a_search_asked_for_too_early_waits_for_its_field() {
        let mut page = on_the_way();
        assert!(!page.ask(&list(false, false)));
        assert_eq!(page.field(LIST), None, "the heading has not come");
        assert_eq!(page.heading(&list(false, true)), Focus::Heading);
        assert_eq!(page.field(LIST), Some(String::new()));
        assert_eq!(page.field(LIST), None, "once");
    }

    #[test]
    fn it_waits_for_the_rows_as_well() {
        let mut page = on_the_way();
        assert_eq!(page.heading(&list(false, true)), Focus::Heading);
        assert!(!page.ask(&list(false, true)));
        assert_eq!(page.field(LIST), Some(String::new()));
    }

    #[test]
    fn the_heading_leaves_the_focus_to_a_search_that_was_asked_for() {
        let mut page = on_the_way();
        page.ask(&list(false, false));
        assert_eq!(page.heading(&list(true, false)), Focus::Search(String::new()));
        assert_eq!(page.heading(&list(true, false)), Focus::Stays);
        assert_eq!(page.field(LIST), None);
    }

    #[test]
    fn the_field_of_the_former_page_is_not_it() {
        let mut page = Arriving::at("/customers".to_owned());
        assert!(!page.ask(&list(true, false)));
    }

    #[test]
    fn what_is_typed_on_is_kept_for_the_search_and_is_no_shortcut() {
        let mut page = on_the_way();
        assert!(!page.key(&list(false, false), "c"), "nothing was asked for");
        page.ask(&list(false, false));
        for key in ["c", "x", "Backspace", "Shift", "G", "?", "Enter"] {
            assert!(page.key(&list(false, false), key), "{key}");
        }
        page.heading(&list(false, true));
        assert!(page.key(&list(false, true), "/"));
        assert_eq!(page.field(LIST), Some("cG?/".to_owned()));
    }

    #[test]
    fn what_is_typed_while_the_field_has_just_come_is_kept_as_well() {
        let mut page = on_the_way();
        page.ask(&list(false, false));
        page.heading(&list(false, true));
        assert!(page.key(&list(true, false), "c"), "the field is there, but was not told yet");
        assert_eq!(page.field(LIST), Some("c".to_owned()));
        assert!(!page.key(&list(true, false), "c"), "now it is");
    }

    #[test]
    fn any_other_key_ends_the_wish() {
        for key in ["Escape", "Tab", "ArrowDown"] {
            let mut page = on_the_way();
            page.ask(&list(false, false));
            assert!(!page.key(&list(false, false), key), "{key}");
            page.heading(&list(false, true));
            assert_eq!(page.field(LIST), None, "{key}");
        }
    }

    #[test]
    fn a_page_without_a_search_has_its_shortcuts() {
        let mut page = on_the_way();
        page.ask(&list(false, false));
        assert_eq!(page.heading(&list(false, false)), Focus::Heading);
        assert!(!page.key(&list(false, false), "c"));
        assert!(page.ask(&list(false, false)), "and nothing is kept");
        assert_eq!(page.field(LIST), None);
    }

    #[test]
    fn a_wish_is_for_one_page() {
        let other = Sight { path: "/licenses/new", search: true, loading: false };
        let mut page = on_the_way();
        page.ask(&list(false, false));
        assert!(!page.key(&other, "c"));
        page.ask(&list(false, false));
        assert_eq!(page.heading(&other), Focus::Heading);
        page.heading(&list(false, true));
        assert_eq!(page.field(LIST), None);
    }
}
