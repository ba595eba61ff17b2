//! One who can be picked as the user of a license.

use domain::customers::{CustomerRow, Picked};
use leptos::{html, prelude::*, web_sys::HtmlInputElement};

/// One who can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account's id: the word that is posted.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name.
    pub more: Vec<String>,
}

impl Person {
    /// A customer that was found.
    pub fn found(row: CustomerRow) -> Self {
        let person = Some(row.person).filter(|person| *person != row.name);
        Self { id: row.id.to_string(), more: person.into_iter().chain([row.email]).collect(), name: row.name }
    }

    /// The choice as it stands in the draft.
    pub fn picked(user: Picked) -> Self {
        Self { id: user.id.to_string(), name: user.name, more: vec![user.email] }
    }

    /// The own organisation, with the warning that goes with it (L1).
    pub fn own(own: &Picked) -> Self {
        let warning = "cannot be moved to a customer later without a new key".to_owned();
        let name = "My own organisation".to_owned();
        Self { id: own.id.to_string(), name, more: vec![own.name.clone(), warning] }
    }
}

/// One person with the button that chooses it.
#[component]
pub fn PersonRow(
    /// Who it is.
    person: Person,
    /// The id of whoever is chosen.
    chosen: RwSignal<String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let id = format!("user-{}", person.id);
    let hint = format!("{id}-more");
    let word = person.id.clone();
    // What was picked before the program arrived.
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(HtmlInputElement::checked) {
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
