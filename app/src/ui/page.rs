//! The head of a page: its title, its heading, and what can be done there.

use leptos::{html, prelude::*};
use leptos_meta::Title;

use crate::ui::Arrived;

/// The title of the page and its heading, which takes the focus when one comes here by a link.
/// Children are the page's actions.
#[component]
pub fn PageHead(
    /// What the page is called.
    #[prop(into)]
    title: String,
    /// Somebody typed the title, in any direction.
    #[prop(optional)]
    typed: bool,
    /// The way up: address and name.
    #[prop(optional_no_strip, into)]
    crumb: Option<(String, String)>,
    /// A line below the heading.
    #[prop(optional_no_strip, into)]
    lede: Option<AnyView>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="head">
            <div>
                {crumb.map(|(address, name)| view! { <a class="crumb" href=address>{name}</a> })}
                <Heading title=title typed=typed />
                {lede.map(|lede| view! { <p class="lede">{lede}</p> })}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// The heading alone, for pages that stand in the middle.
#[component]
pub fn Heading(
    /// What the page is called.
    #[prop(into)]
    title: String,
    /// Somebody typed it, in any direction.
    #[prop(optional)]
    typed: bool,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let arrived = use_context::<Arrived>();
    Effect::new(move |_| {
        if let (Some(heading), Some(arrived)) = (heading.get(), arrived) {
            arrived.heading(heading.into());
        }
    });
    view! {
        <Title text=title.clone() />
        <h1 node_ref=heading tabindex="-1" dir=typed.then_some("auto")>{title}</h1>
    }
}
