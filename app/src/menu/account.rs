//! The menu of whoever is signed in.

use crate::shared::{account::ThemeSwitch, actions, sessions::api::SignOut};
use crate::ui::{Fault, Icon, arrival::Returned, awake};
use domain::Actor;
use leptos::{ev::KeyboardEvent, html::Details, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;

use super::link;
use crate::shortcuts::Dialogs;

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
    Effect::new(move |arrived: Option<()>| {
        path.track();
        if arrived.is_some() {
            close();
        }
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let pages = actions::menu(&actor.roles).filter(|action| action.is_for(&actor));
    let pages = pages.map(|action| link(action, true)).collect_view();
    let refused = Returned::to(SignOut::PATH.trim_start_matches("/api/")).map(|form| form.fault);
    let open = refused.is_some();
    view! {
        <details class="menu bar-end" open=open node_ref=menu on:keydown=escape>
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
                <LogOut refused=refused />
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

/// The browser sends it by itself, and loads the whole page anew: nothing of what was on it stays.
#[component]
fn LogOut(
    /// Why the last try did nothing.
    refused: Option<Fault>,
) -> impl IntoView {
    view! {
        {refused.map(|fault| view! { <p class="error" role="alert">{fault.to_string()}</p> })}
        <form method="post" action=SignOut::PATH>
            <button>
                <Icon name="out" />
                "Log out"
            </button>
        </form>
    }
}
