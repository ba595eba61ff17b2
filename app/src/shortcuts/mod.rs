//! Shortcuts for those who work with the keyboard, and the dialogs that they open. They sleep while somebody types, and can be
//! switched off, because single keys get in the way of those who speak to their computer.

mod keys;

use domain::Roles;
use leptos::{html::Dialog, prelude::*, web_sys};
use leptos_router::hooks::use_navigate;

use self::keys::Meaning;
use crate::{
    actions::{Action, Does},
    command::CommandMenu,
    sessions::Me,
    ui::Arrived,
};

/// Where the browser remembers that they are switched off.
const OFF: &str = "keyhouse-shortcuts-off";

/// The dialogs that can be opened from anywhere on the page.
#[derive(Clone, Copy)]
pub struct Dialogs {
    help: NodeRef<Dialog>,
    /// The command menu.
    pub command: NodeRef<Dialog>,
}

impl Dialogs {
    /// For all below.
    pub fn provide() {
        provide_context(Self { help: NodeRef::new(), command: NodeRef::new() });
    }

    /// Lists the shortcuts.
    pub fn help(self) {
        open(self.help);
    }

    /// Opens the command menu.
    pub fn find(self) {
        open(self.command);
    }
}

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
}

fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
        dialog.show_modal().ok();
    }
}

/// Listens for shortcuts, and holds their list.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let me = Me::here();
    let list = move || {
        Suspend::new(async move {
            let actor = me.who().await.ok().flatten().filter(|actor| actor.due.is_none());
            actor.map(|actor| view! { <List roles=actor.roles.clone() /> <CommandMenu roles=actor.roles /> })
        })
    };
    view! { <Transition>{list}</Transition> }
}

#[component]
fn List(roles: Roles) -> impl IntoView {
    let lines = keys::of(&roles).map(line).collect_view();
    let dialogs = expect_context::<Dialogs>();
    let arrived = expect_context::<Arrived>();
    let Switch(off) = Switch::here();
    let navigate = use_navigate();
    Effect::new(move |_| {
        off.set(storage().and_then(|kept| kept.get_item(OFF).ok().flatten()).is_some());
        let navigate = navigate.clone();
        let act = move |does| match does {
            Does::Search => arrived.go_to_search(),
            Does::Open(path) => navigate(path, Default::default()),
            Does::Command => dialogs.find(),
            Does::Help => dialogs.help(),
        };
        listen(roles.clone(), off, arrived, act);
    });
    let switch = move |_| {
        off.update(|off| *off = !*off);
        if let Some(kept) = storage() {
            if off.get_untracked() { kept.set_item(OFF, "") } else { kept.remove_item(OFF) }.ok();
        }
    };
    view! {
        <dialog class="dialog" node_ref=dialogs.help aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title">"Keyboard shortcuts"</h2>
            <dl class="shortcuts">{lines}</dl>
            <form method="dialog" class="actions">
                <button class="button">"Close"</button>
                <button class="button" data-kind="quiet" type="button" on:click=switch>
                    {move || if off.get() { "Switch on" } else { "Switch off" }}
                </button>
            </form>
        </dialog>
    }
}

fn line(shortcut: Action) -> impl IntoView {
    let keys = shortcut.keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
    view! {
        <div>
            <dt>{keys}</dt>
            <dd>{shortcut.words}</dd>
        </div>
    }
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
