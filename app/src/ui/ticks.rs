//! Rows with a box each: what is done with the ticked ones is one form around the list (L14).

use domain::ticks::Ticks;
use leptos::{html, prelude::*};

use crate::ui::FormState;

/// What the boxes know of each other.
#[derive(Clone, Copy)]
struct Boxes {
    /// Told when all are ticked or unticked at once.
    all: RwSignal<Option<bool>>,
    /// The box that does it.
    input: NodeRef<html::Input>,
}

/// Lets the boxes of the list that is written next know of each other.
pub fn provide_ticks() {
    provide_context(Boxes { all: RwSignal::new(None), input: NodeRef::new() });
}

/// `Select all on this page`. Its value names them, so that it means them all without script, too.
#[component]
pub fn TickAll(
    /// The ids of the rows that can be ticked, in the order of the list.
    ids: Vec<String>,
    /// Which rows were shown before.
    last: StoredValue<Option<Vec<String>>>,
) -> impl IntoView {
    let Boxes { all, input } = expect_context();
    let form = FormState::around();
    let id = form.map_or_else(|| Ticks::ALL.to_owned(), |form| form.field_id(Ticks::ALL));
    let checked = form.and_then(|form| form.typed(Ticks::ALL)).is_some();
    let value = ids.join(",");
    // A tick belongs to a row and not to a place in the list: other rows are not ticked.
    Effect::new(move |_| {
        let Some(input) = input.get() else { return };
        if last.get_value().is_some_and(|before| before != ids)
            && let Some(form) = input.form()
        {
            form.reset();
        }
        last.set_value(Some(ids.clone()));
    });
    view! {
        <div class="check">
            <input
                node_ref=input
                type="checkbox"
                id=id.clone()
                name=Ticks::ALL
                value=value
                checked=checked
                autocomplete="off"
                on:change:target=move |event| all.set(Some(event.target().checked()))
            />
            <label for=id>"Select all on this page"</label>
        </div>
    }
}

/// The box of one row.
#[component]
pub fn Tick(
    /// The name it is posted under.
    name: String,
    /// The id of the row.
    id: String,
    /// Which row it is.
    label: String,
) -> impl IntoView {
    let boxes = use_context::<Boxes>();
    let form = FormState::around();
    let typed = |name: &str| form.and_then(|form| form.typed(name));
    let by_all = typed(Ticks::ALL).is_some_and(|all| all.contains(&id));
    let checked = by_all || typed(&name).is_some();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let (Some(all), Some(input)) = (boxes.and_then(|boxes| boxes.all.get()), input.get_untracked()) {
            input.set_checked(all);
        }
    });
    view! {
        <label>
            <input
                node_ref=input
                type="checkbox"
                name=name
                checked=checked
                aria-label=label
                autocomplete="off"
                on:change:target=move |event| {
                    let all = boxes.and_then(|boxes| boxes.input.get_untracked());
                    if let Some(all) = all.filter(|_| !event.target().checked()) {
                        all.set_checked(false);
                    }
                }
            />
            <span aria-hidden="true">"Select"</span>
        </label>
    }
}
