//! Nothing there yet, and the first step.

use leptos::prelude::*;

use crate::ui::Icon;

/// An empty list: what would be here, and how to begin (children: the actions).
#[component]
pub fn Empty(
    /// The picture.
    icon: &'static str,
    /// `No licenses yet`.
    #[prop(into)]
    title: String,
    /// The first step in a sentence.
    #[prop(into)]
    text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="actions" data-fit>{children()}</div> })}
        </section>
    }
}
