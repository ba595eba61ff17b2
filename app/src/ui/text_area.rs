//! Several lines of text. The only place where a `<textarea>` is written: what is in it has
//! to be escaped, which releases of Leptos before 0.9 do not do.

use leptos::{html, prelude::*};

use crate::ui::{FieldError, FormState, describe};

/// A field of several lines: notes, details.
#[component]
pub fn TextArea(
    /// The name it is posted under.
    name: &'static str,
    /// The label: the accessible name.
    #[prop(into)]
    label: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Follows what is typed.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
    /// A word about what to enter, and who sees it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// How many lines are shown.
    #[prop(default = 3)]
    rows: u32,
    /// What belongs to the field and stands below it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let form = FormState::around();
    let id = form.map_or_else(|| name.to_owned(), |form| form.field_id(name));
    let error = Memo::new(move |_| form.and_then(|form| form.error(name)));
    let described = describe(&id, error, hint.is_some());
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let (Some(area), Some(live)) = (area.get(), live) {
            live.set(area.value());
        }
    });
    let value = form.and_then(|form| form.typed(name)).unwrap_or(value);
    if let Some(live) = live.filter(|_| !value.is_empty()) {
        live.set(value.clone());
    }
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                node_ref=area
                id=id.clone()
                name=name
                rows=rows
                dir="auto"
                autocomplete="off"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input:target=move |event| {
                    if let Some(live) = live {
                        live.set(event.target().value());
                    }
                }
            >
                {first_line_kept(value)}
            </textarea>
            <FieldError id=id.clone() error=error />
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// Browsers drop a line break right after the tag; one more keeps a text that begins with one.
fn first_line_kept(value: String) -> String {
    if value.starts_with('\n') { format!("\n{value}") } else { value }
}
