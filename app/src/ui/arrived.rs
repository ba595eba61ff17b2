//! What happens in the browser when a page arrives; who takes the focus is decided in `arriving`.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Event, EventInit, HtmlElement, HtmlInputElement},
};
use leptos_router::hooks::use_location;

use crate::ui::arriving::{Arriving, Focus, Sight};

/// How many frames a part of a page may take to be put into the document.
const PATIENCE: u8 = 60;

/// The page that the reader was last taken to, so that each takes the focus once.
#[derive(Clone, Copy)]
pub struct Arrived {
    path: Memo<String>,
    state: StoredValue<Arriving>,
}

impl Arrived {
    /// For all below.
    pub fn provide() {
        let path = use_location().pathname;
        provide_context(Self { path, state: StoredValue::new(Arriving::at(path.get_untracked())) });
    }

    /// Focuses the heading of a page that was not there before, as soon as it is in the document;
    /// or the search, for those who asked for it meanwhile.
    pub(super) fn heading(self, heading: HtmlElement) {
        let path = self.path.get_untracked();
        once_there(heading, PATIENCE, move |heading| match self.look(path, Arriving::heading) {
            Some(Focus::Heading) => {
                // It may be the element of the page before, which has the focus already: only a new focus is told.
                heading.blur().ok();
                heading.focus().ok();
            }
            Some(Focus::Search(typed)) => enter(&typed),
            Some(Focus::Stays) | None => {}
        });
    }

    /// Goes to a search field that was asked for before it was there, unless the reader has gone elsewhere.
    pub(super) fn search(self, field: HtmlElement) {
        once_there(field, PATIENCE, move |_| {
            let path = self.path.try_get_untracked().unwrap_or_default();
            if let Some(typed) = self.state.try_update_value(|state| state.field(&path)).flatten()
                && document().active_element().is_none_or(|at| at.matches("body, h1").unwrap_or_default())
            {
                enter(&typed);
            }
        });
    }

    /// Goes to the search of the page, as soon as it is there.
    pub fn go_to_search(self) {
        if self.look(self.path.get_untracked(), Arriving::ask) == Some(true) {
            enter("");
        }
    }

    /// Whether a key belongs to the search that somebody waits for.
    pub fn keeps(self, key: &str) -> bool {
        self.look(self.path.get_untracked(), |state, seen| state.key(seen, key)).unwrap_or_default()
    }

    /// Nobody waits for a search any more.
    pub fn forget(self) {
        self.state.update_value(Arriving::forget);
    }

    fn look<T>(self, path: String, then: impl FnOnce(&mut Arriving, &Sight<'_>) -> T) -> Option<T> {
        let loading = document().query_selector("main .skeleton").ok().flatten().is_some();
        let seen = Sight { path: &path, search: field().is_some(), loading };
        self.state.try_update_value(|state| then(state, &seen))
    }
}

/// The search of the page.
fn field() -> Option<HtmlInputElement> {
    document().query_selector("main input[type=search]").ok().flatten()?.dyn_into().ok()
}

/// Goes to the search of the page, with what was typed for it meanwhile.
fn enter(typed: &str) {
    let Some(field) = field() else { return };
    field.focus().ok();
    if typed.is_empty() {
        field.select();
        return;
    }
    field.set_value(typed);
    let how = EventInit::new();
    how.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &how) {
        field.dispatch_event(&event).ok();
    }
}

/// Parts of a page are made before they are put into the document.
fn once_there(part: HtmlElement, patience: u8, then: impl FnOnce(&HtmlElement) + 'static) {
    if part.is_connected() {
        then(&part);
    } else if patience > 0 {
        request_animation_frame(move || once_there(part, patience - 1, then)).ok();
    }
}
