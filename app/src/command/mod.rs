//! The command menu: finds pages, customers, licenses and actions by the beginnings of their words.
//! Ctrl or Cmd and K open it; arrows choose, Enter does. Its frame with the field stands in [`crate::shortcuts`], and takes what is
//! typed before this has come.

mod found;

use std::time::Duration;

use crate::shared::actions::Does;
use crate::ui::Arrived;
use domain::Roles;
use leptos::{ev::KeyboardEvent, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use self::found::{Found, Go};
use crate::shortcuts::Dialogs;

/// How long to wait for the next letter before asking the server.
const PAUSE: Duration = Duration::from_millis(200);

/// What is found for somebody with these roles.
pub fn lines(roles: Roles) -> AnyView {
    view! { <Lines roles=roles /> }.into_any()
}

#[component]
fn Lines(roles: Roles) -> impl IntoView {
    let dialogs = expect_context::<Dialogs>();
    let typed = dialogs.typed;
    let (things, chosen) = (RwSignal::new(Vec::new()), RwSignal::new(0_usize));
    let rights = StoredValue::new(roles);
    let shown = Memo::new(move |_| {
        let actions = typed.with(|typed| rights.with_value(|roles| found::actions(roles, typed)));
        actions.into_iter().chain(things.get()).collect::<Vec<_>>()
    });
    // Also what was typed before this came, and that the field was emptied when the menu was closed.
    Effect::new(move |_| {
        let q = typed.get();
        chosen.set(0);
        things.set(Vec::new());
        look(q, typed, things, rights);
    });
    let (navigate, arrived) = (use_navigate(), expect_context::<Arrived>());
    let go = Callback::new(move |found: Found| {
        dialogs.close();
        match found.go {
            Go::To(address) => navigate(&address, Default::default()),
            Go::Does(Does::Open(address)) => navigate(address, Default::default()),
            Go::Does(Does::Search) => arrived.go_to_search(),
            Go::Does(Does::Command) => {}
            Go::Does(Does::Help) => dialogs.help(),
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let last = shown.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|chosen| *chosen = if *chosen >= last { 0 } else { *chosen + 1 }),
            "ArrowUp" => chosen.update(|chosen| *chosen = if *chosen == 0 { last } else { *chosen - 1 }),
            "Enter" if !event.is_composing() => {
                if let Some(found) = shown.with_untracked(|shown| shown.get(chosen.get_untracked()).cloned()) {
                    go.run(found);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    dialogs.on_key.set_value(Some(Callback::new(on_key)));
    let active = move || shown.with(|shown| shown.get(chosen.get()).map(|found| found.id.clone()));
    Effect::new(move |_| dialogs.active.set(active()));
    view! {
        <ul class="commands" role="listbox" id="commands" aria-label="Found">
            <For each=move || shown.get() key=|found| found.id.clone() let:found>
                <Line found=found active=active go=go />
            </For>
        </ul>
        <p class="hint" role="status">
            {move || shown.with(Vec::is_empty).then_some("Nothing is found by these words.")}
        </p>
    }
}

/// One that is found.
#[component]
fn Line(
    found: Found,
    active: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    go: Callback<Found>,
) -> impl IntoView {
    let item = NodeRef::<html::Li>::new();
    let id = found.id.clone();
    let is_chosen = Memo::new(move |_| active().as_ref() == Some(&id));
    Effect::new(move |_| {
        if let (true, Some(item)) = (is_chosen.get(), item.get()) {
            item.scroll_into_view_with_bool(false);
        }
    });
    let keys = found.keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
    let (words, hint) = (found.words.clone(), found.hint.clone());
    view! {
        <li
            node_ref=item
            role="option"
            id=found.id.clone()
            aria-selected=move || is_chosen.get().to_string()
            on:click=move |_| go.run(found.clone())
        >
            <bdi>{words}</bdi>
            <span class="hint">
                <bdi>{hint}</bdi>
            </span>
            <span>{keys}</span>
        </li>
    }
}

/// Asks the server once the typing pauses; an answer that comes late does not replace a later one.
fn look(q: String, typed: RwSignal<String>, things: RwSignal<Vec<Found>>, roles: StoredValue<Roles>) {
    let still = move |q: &String| typed.try_with_untracked(|typed| typed == q) == Some(true);
    let ask = move || {
        if still(&q) {
            spawn_local(async move {
                let rows = found::things(&roles.get_value(), &q).await;
                if still(&q) {
                    things.set(rows);
                }
            });
        }
    };
    set_timeout(ask, PAUSE).ok();
}
