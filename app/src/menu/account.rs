//! The menu of whoever is signed in.

use domain::Actor;
use leptos::{ev::KeyboardEvent, html::Details, prelude::*};
use leptos_router::hooks::use_location;

use super::{Entry, current, entries};
use crate::{
    account::ThemeSwitch,
    paths,
    sessions::api::SignOut,
    shortcuts::ShortcutList,
    ui::{Form, Icon, awake},
};

/// The account, the theme, the shortcuts, and the way out. It closes when another page is
/// opened, and by Escape.
#[component]
pub fn AccountMenu(
    /// Who is signed in.
    actor: Actor,
) -> impl IntoView {
    let menu = NodeRef::<Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let behind = entries(&actor).filter(|entry| !entry.tab && !actor.password_due);
    let link = |entry: Entry| {
        view! {
            <a class="behind" href=entry.address aria-current=current(entry)>
                <Icon name=entry.icon />
                {entry.name}
            </a>
        }
    };
    let behind = behind.map(link).collect_view();
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        close();
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <details class="menu bar-end" node_ref=menu on:keydown=escape>
            <summary>
                <Icon name="person" />
                <bdi>{actor.organisation}</bdi>
            </summary>
            <div class="menu-panel">
                <p class="menu-who">
                    <strong>
                        <bdi>{actor.name}</bdi>
                    </strong>
                </p>
                {behind}
                <a href=paths::ACCOUNT>
                    <Icon name="person" />
                    "Account"
                </a>
                <ShortcutsButton close=Callback::new(move |()| close()) />
                <ThemeSwitch />
                <LogOut />
            </div>
        </details>
    }
}

/// Opens the list of shortcuts, where there is a program that listens to them.
#[component]
fn ShortcutsButton(close: Callback<()>) -> impl IntoView {
    let awake = awake();
    let list = use_context::<ShortcutList>();
    let open = move |_| {
        close.run(());
        if let Some(list) = list {
            list.open();
        }
    };
    move || {
        awake.get().then(|| {
            view! {
                <button type="button" on:click=open>
                    <Icon name="info" />
                    "Keyboard shortcuts"
                </button>
            }
        })
    }
}

#[component]
fn LogOut() -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    // The whole page is loaded anew: nothing of what was on it stays.
    let left = Callback::new(|()| {
        window().location().assign(paths::LOGIN).ok();
    });
    view! {
        <Form action=sign_out on_done=left class="" keyed=false>
            <button>
                <Icon name="out" />
                "Log out"
            </button>
        </Form>
    }
}
