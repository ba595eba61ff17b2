//! The tabs at the bottom of a phone: five at most, the last of them the account. The other pages are
//! reached from home and from those that are here.

use domain::Actor;
use leptos::prelude::*;

use super::{Entry, current, entries};
use crate::{paths, sessions::Me, ui::Icon};

/// The tabs. Nothing for those who are signed out or have a password to change first.
#[component]
pub fn Tabs() -> impl IntoView {
    let me = Me::here();
    let tab = |entry: Entry| {
        view! {
            <a href=entry.address aria-current=current(entry)>
                <Icon name=entry.icon />
                {entry.name}
            </a>
        }
    };
    let tabs = move || {
        Suspend::new(async move {
            let actor = me.who().await.ok().flatten().filter(|actor| !actor.password_due);
            actor.map(|actor| {
                view! {
                    <nav class="tabs" aria-label="Main, bottom">
                        {few(&actor).map(tab).collect_view()}
                    </nav>
                }
            })
        })
    };
    view! { <Transition>{tabs}</Transition> }
}

/// The first four that are not the account, and the account.
fn few(actor: &Actor) -> impl Iterator<Item = Entry> + use<> {
    let (account, pages): (Vec<_>, Vec<_>) = entries(actor).partition(|entry| entry.address == paths::ACCOUNT);
    pages.into_iter().take(4).chain(account)
}
