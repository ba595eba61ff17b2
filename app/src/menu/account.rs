//! The menu of whoever is signed in.

use domain::Actor;
use leptos::{ev::KeyboardEvent, html::Details, prelude::*};
use leptos_router::hooks::use_location;

use super::link;
use crate::{
    account::ThemeSwitch,
    actions,
    data::ServerAction,
    paths,
    sessions::api::SignOut,
    shortcuts::Dialogs,
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
    let pages = actions::menu(&actor.roles).filter(|action| action.is_for(&actor));
    let pages = pages.map(|action| link(action, true)).collect_view();
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
                {pages}
                <ProgramButtons close=Callback::new(move |()| close()) />
                <ThemeSwitch />
                <LogOut />
            </div>
        </details>
    }
}

/// Opens the command menu and the list of shortcuts, where there is a program that listens to them.
#[component]
fn ProgramButtons(close: Callback<()>) -> impl IntoView {
    let awake = awake();
    let dialogs = use_context::<Dialogs>();
    let find = move |_| {
        close.run(());
        if let Some(dialogs) = dialogs {
            dialogs.find();
        }
    };
    let help = move |_| {
        close.run(());
        if let Some(dialogs) = dialogs {
            dialogs.help();
        }
    };
    move || {
        awake.get().then(|| {
            view! {
                <button type="button" on:click=find>
                    <Icon name="search" />
                    "Command menu"
                </button>
                <button type="button" on:click=help>
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
