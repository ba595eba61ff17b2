//! The list to pick the user from: found while typing, the current choice first, the own
//! organisation last.

use std::time::Duration;

use domain::{
    customers::{CustomerRow, Picked},
    licenses::Wizard,
};
use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    customers::api,
    paths,
    ui::{FieldError, FormState, Search},
};

/// How long to wait for the next letter before asking the server.
const PAUSE: Duration = Duration::from_millis(200);

/// One who can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    id: String,
    name: String,
    more: Vec<String>,
}

impl Person {
    fn found(row: CustomerRow) -> Self {
        let person = Some(row.person).filter(|person| *person != row.name);
        Self { id: row.id.to_string(), more: person.into_iter().chain([row.email]).collect(), name: row.name }
    }

    fn picked(user: Picked) -> Self {
        Self { id: user.id.to_string(), name: user.name, more: vec![user.email] }
    }

    /// L1: with the warning that goes with it.
    fn own(own: &Picked) -> Self {
        let warning = "cannot be moved to a customer later without a new key".to_owned();
        let name = "My own organisation".to_owned();
        Self { id: own.id.to_string(), name, more: vec![own.name.clone(), warning] }
    }
}

/// The people to pick from.
#[component]
pub fn People(
    /// The wizard as it stands.
    wizard: Wizard,
    /// Who was found at first.
    found: Vec<CustomerRow>,
    /// By which words.
    q: String,
) -> impl IntoView {
    let state = FormState::around();
    let error = Signal::derive(move || state.and_then(|state| state.error("user")));
    let typed = RwSignal::new(q.clone());
    let found = RwSignal::new(found);
    let own = Person::own(&wizard.own);
    let current = wizard.user.clone().filter(|user| !user.own).map(Person::picked);
    let chosen = RwSignal::new(wizard.user.map(|user| user.id.to_string()).unwrap_or_default());
    let shown = Memo::new(move |before: Option<&Vec<Person>>| {
        let found: Vec<_> = found.get().into_iter().map(Person::found).collect();
        // Whoever is chosen stays in sight, whatever is searched for.
        let chosen = chosen.get_untracked();
        let known = before.into_iter().flatten().chain(current.as_ref());
        let first = known.into_iter().find(|person| person.id == chosen).cloned();
        let rest = found.into_iter().filter(|person| person.id != chosen || first.is_none()).collect::<Vec<_>>();
        first.clone().into_iter().chain(rest).collect::<Vec<_>>()
    });
    let person = move |person| view! { <Row person=person chosen=chosen /> };
    let nobody = move || found.with(Vec::is_empty) && !typed.with(|typed| typed.trim().is_empty());
    view! {
        <fieldset
            class="people"
            id="user"
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
            <Row person=own chosen=chosen />
            <FieldError id="user".to_owned() error=error />
            <p class="people-end">
                {move || nobody().then_some("Nobody of yours is found by these words. ")} "Not in the list? "
                <a href=paths::new_customer_for(wizard.draft)>"Create new customer"</a> ". Your entries stay."
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

#[component]
fn Row(person: Person, chosen: RwSignal<String>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let id = format!("user-{}", person.id);
    let hint = format!("{id}-more");
    let word = person.id.clone();
    // What was picked before the program arrived.
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(web_sys::HtmlInputElement::checked) {
            chosen.set(input.value());
        }
    });
    let more = person.more.into_iter().enumerate().map(|(nth, text)| {
        view! {
            {(nth > 0).then_some(", ")}
            <bdi>{text}</bdi>
        }
    });
    view! {
        <div class="person">
            <input
                node_ref=input
                type="radio"
                id=id.clone()
                name="user"
                value=word.clone()
                checked=chosen.with_untracked(|chosen| *chosen == word)
                aria-describedby=hint.clone()
                on:change=move |_| chosen.set(word.clone())
            />
            <label for=id>
                <bdi>{person.name}</bdi>
            </label>
            <p class="hint" id=hint>
                {more.collect_view()}
            </p>
        </div>
    }
}
