//! The tabs at the bottom of a phone: five at most, the last of them the account. The other pages are
//! reached from home and from those that are here.

use crate::shared::actions;
use crate::ui::Me;
use leptos::prelude::*;

use super::link;

/// The tabs. Nothing for those who are signed out or have a password to change first.
#[component]
pub fn Tabs() -> impl IntoView {
    Me::here().who().filter(|actor| actor.due.is_none()).map(|actor| {
        view! {
            <nav class="tabs" aria-label="Main, bottom">
                {actions::tabs(&actor.roles).map(|action| link(action, true)).collect_view()}
            </nav>
        }
    })
}
