//! Facts and sums: names and values.

use leptos::prelude::*;

/// A list of facts; its children are [`Fact`]s.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    name: String,
    /// Somebody typed it, in lines and in any direction.
    #[prop(optional)]
    typed: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd class=typed.then_some("typed") dir=typed.then_some("auto")>{children()}</dd>
        </div>
    }
}

/// A price summary: lines, and the total below.
#[component]
pub fn Sum(
    /// What, and how much.
    lines: Vec<(String, String)>,
    /// The total: what it is called, and how much.
    total: (String, String),
) -> impl IntoView {
    let line = |(name, amount): (String, String)| view! { <div><dt>{name}</dt><dd>{amount}</dd></div> };
    view! {
        <dl class="sum">
            {lines.into_iter().map(line).collect_view()}
            <div data-total="">
                <dt>{total.0}</dt>
                <dd>{total.1}</dd>
            </div>
        </dl>
    }
}
