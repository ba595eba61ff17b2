//! Shortcuts for those who work with the keyboard, and the dialogs that they open. They sleep while somebody types, and can be
//! switched off, because single keys get in the way of those who speak to their computer.

mod dialogs;
mod keys;
mod list;

pub use dialogs::{Dialogs, Insides};
pub use list::list;

use crate::shared::actions::Does;
use crate::ui::{Arrived, Me, Switch};
use domain::Roles;
use leptos::{prelude::*, web_sys};
use leptos_router::hooks::use_navigate;

use self::{dialogs::Frames, keys::Meaning};

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
        listen(rights.clone(), switch, arrived, act);
    });
    view! { <Frames roles=roles /> }
}

fn listen(roles: Roles, switch: Switch, arrived: Arrived, act: impl Fn(Does) + 'static) {
    let before = StoredValue::new(None::<String>);
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        // This one also works while somebody types, and cannot be switched off: it is no single key.
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            act(Does::Command);
            return;
        }
        let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
        if held || !switch.are_on_now() || event.default_prevented() || is_typing() {
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
