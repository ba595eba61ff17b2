//! The list to pick the user from: found while typing, the current choice first, the own
//! organisation last.

use std::time::Duration;

use crate::shared::customers::api;
use crate::ui::{FieldError, FormState, Search};
use domain::customers::{CustomerRow, Picked};
use leptos::{prelude::*, task::spawn_local};

use super::person::{Person, PersonRow};

/// How long to wait for the next letter before asking the server.
const PAUSE: Duration = Duration::from_millis(200);

/// The people to pick from.
#[component]
pub fn People(
    /// The reseller's own organisation.
    own: Picked,
    /// Who is chosen at first.
    #[prop(optional_no_strip)]
    user: Option<Picked>,
    /// What leads to creating a new customer.
    create: AnyView,
    /// Whether one comes back from there, with what was typed.
    #[prop(optional)]
    stays: bool,
    /// Who was found at first.
    found: Vec<CustomerRow>,
    /// By which words.
    q: String,
) -> impl IntoView {
    let state = FormState::around();
    let error = Signal::derive(move || state.and_then(|state| state.error("user")));
    let typed = RwSignal::new(q.clone());
    let found = RwSignal::new(found);
    let own = Person::own(&own);
    let current = user.clone().filter(|user| !user.own).map(Person::picked);
    let before = user.map(|user| user.id.to_string());
    let chosen = RwSignal::new(state.and_then(|state| state.typed("user")).or(before).unwrap_or_default());
    let shown = Memo::new(move |before: Option<&Vec<Person>>| {
        let found: Vec<_> = found.get().into_iter().map(Person::found).collect();
        // Whoever is chosen stays in sight, whatever is searched for.
        let chosen = chosen.get_untracked();
        let known = before.into_iter().flatten().chain(current.as_ref());
        let first = known.into_iter().find(|person| person.id == chosen).cloned();
        let others = found.into_iter().filter(|person| first.is_none() || person.id != chosen);
        let others: Vec<_> = others.collect();
        first.into_iter().chain(others).collect::<Vec<_>>()
    });
    let person = move |person| view! { <PersonRow person=person chosen=chosen /> };
    let nobody = move || found.with(Vec::is_empty) && !typed.with(|typed| typed.trim().is_empty());
    view! {
        <fieldset
            class="people"
            id="user"
            tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then_some("user-error")
        >
            <legend>"User"</legend>
            <Search
                label="Search customers"
                placeholder="Name, company or e-mail"
                value=q
                form="find"
                on_input=search(typed, found)
            />
            <For each=move || shown.get() key=|person| person.id.clone() children=person />
            <PersonRow person=own chosen=chosen />
            <FieldError id="user".to_owned() error=error />
            <p class="people-end">
                {move || nobody().then_some("Nobody of yours is found by these words. ")} "Not in the list? "
                {create} "." {stays.then_some(" Your entries stay.")}
            </p>
        </fieldset>
    }
}

/// Asks once the typing pauses; an answer that comes late does not replace a later one.
fn search(typed: RwSignal<String>, found: RwSignal<Vec<CustomerRow>>) -> Callback<String> {
    let still = move |q: &String| typed.try_with_untracked(|typed| typed == q) == Some(true);
    Callback::new(move |q: String| {
        typed.set(q.clone());
        let ask = move || {
            if still(&q) {
                spawn_local(async move {
                    if let (Ok(rows), true) = (api::search(q.clone()).await, still(&q)) {
                        found.set(rows);
                    }
                });
            }
        };
        set_timeout(ask, PAUSE).ok();
    })
}
