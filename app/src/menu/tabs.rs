//! The tabs at the bottom of a phone.

use leptos::prelude::*;

use super::{Entry, current, entries};
use crate::{sessions::Me, ui::Icon};

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
                        {entries(&actor).filter(|entry| entry.tab).map(tab).collect_view()}
                    </nav>
                }
            })
        })
    };
    view! { <Transition>{tabs}</Transition> }
}
