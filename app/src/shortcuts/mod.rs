//! Shortcuts for those who work with the keyboard, and the dialogs that they open. They sleep while somebody types, and can be
//! switched off, because single keys get in the way of those who speak to their computer.

mod dialogs;
mod keys;
mod list;

pub use dialogs::{Dialogs, Insides};
pub use list::list;

use domain::Roles;
use leptos::{prelude::*, web_sys};
use leptos_router::hooks::use_navigate;

use self::{dialogs::Frames, keys::Meaning};
use crate::{actions::Does, sessions::Me, ui::Arrived};

/// Where the browser remembers that they are switched off.
const OFF: &str = "keyhouse-shortcuts-off";

/// Whether they are switched off.
#[derive(Clone, Copy)]
pub struct Switch(RwSignal<bool>);

impl Switch {
    /// For all below; what the browser remembers is asked when there are shortcuts.
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    /// The one that was provided.
    ///
    /// # Panics
    /// Outside of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether the keys do what they say.
    pub fn are_on(self) -> bool {
        !self.0.get()
    }

    /// What the browser remembers.
    fn recall(self) {
        self.0.set(storage().and_then(|kept| kept.get_item(OFF).ok().flatten()).is_some());
    }

    /// Switches them off, or on again; the browser remembers it.
    fn turn(self) {
        self.0.update(|off| *off = !*off);
        if let Some(kept) = storage() {
            if self.0.get_untracked() { kept.set_item(OFF, "") } else { kept.remove_item(OFF) }.ok();
        }
    }
}

/// Listens for shortcuts, and holds the dialogs.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let actor = Me::here().who().filter(|actor| actor.due.is_none());
    actor.map(|actor| view! { <Listening roles=actor.roles /> })
}

#[component]
fn Listening(roles: Roles) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let arrived = expect_context::<Arrived>();
    let switch = Switch::here();
    let navigate = use_navigate();
    let rights = roles.clone();
    Effect::new(move |_| {
        switch.recall();
        let navigate = navigate.clone();
        let act = move |does| match does {
            Does::Search => arrived.go_to_search(),
            Does::Open(path) => navigate(path, Default::default()),
            Does::Command => dialogs.find(),
            Does::Help => dialogs.help(),
        };
        listen(rights.clone(), switch.0, arrived, act);
    });
    view! { <Frames roles=roles /> }
}

fn listen(roles: Roles, off: RwSignal<bool>, arrived: Arrived, act: impl Fn(Does) + 'static) {
    let before = StoredValue::new(None::<String>);
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        // This one also works while somebody types, and cannot be switched off: it is no single key.
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            act(Does::Command);
            return;
        }
        let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
        if held || off.get_untracked() || event.default_prevented() || is_typing() {
            before.set_value(None);
            arrived.forget();
            return;
        }
        let key = event.key();
        if arrived.keeps(&key) {
            event.prevent_default();
            return;
        }
        let meaning = before.with_value(|before| keys::read(&roles, before.as_deref(), &key));
        before.set_value((meaning == Meaning::Begins).then_some(key));
        if let Meaning::Does(what) = meaning {
            event.prevent_default();
            act(what);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether the keys go to a field or to an open dialog.
fn is_typing() -> bool {
    let focused = document().active_element();
    focused.is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some()
            && !is_button_like(&element)
    })
}

/// Boxes and buttons that are written as inputs take no letters.
fn is_button_like(element: &web_sys::Element) -> bool {
    element.matches("input[type=checkbox], input[type=radio], input[type=submit]").unwrap_or_default()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
