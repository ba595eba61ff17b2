//! From page to page of a list.

use leptos::prelude::*;

/// The way through a list that is paged by cursor.
#[component]
pub fn Pager(
    /// The first page, when this is not it.
    #[prop(optional_no_strip, into)]
    first: Option<String>,
    /// The next page, when there is one.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
    /// `50 of 1,204`.
    #[prop(optional, into)]
    note: Option<String>,
) -> impl IntoView {
    let shown = first.is_some() || next.is_some() || note.is_some();
    shown.then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {first.map(|address| view! { <a class="button" rel="prev" href=address>"Newest"</a> })}
                {note.map(|note| view! { <p>{note}</p> })}
                {next.map(|address| view! { <a class="button" rel="next" href=address>"Older"</a> })}
            </nav>
        }
    })
}
