//! The head of a page: its title, its heading, and what can be done there.

use leptos::{html, prelude::*, web_sys::HtmlHeadingElement};
use leptos_meta::Title;
use leptos_router::hooks::use_location;

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
    #[prop(optional)]
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
    let path = use_location().pathname;
    Effect::new(move |_| {
        if let (Some(heading), Some(arrived)) = (heading.get(), arrived) {
            arrive(heading, arrived, path.get_untracked(), PATIENCE);
        }
    });
    view! {
        <Title text=title.clone() />
        <h1 node_ref=heading tabindex="-1" dir=typed.then_some("auto")>{title}</h1>
    }
}

/// How many frames a page may take to be put into the document.
const PATIENCE: u8 = 60;

/// Focuses the heading of a page that was not there before, as soon as it is in the document.
fn arrive(heading: HtmlHeadingElement, arrived: Arrived, path: String, patience: u8) {
    if heading.is_connected() {
        if arrived.is_new(&path) {
            heading.focus().ok();
        }
    } else if patience > 0 {
        request_animation_frame(move || arrive(heading, arrived, path, patience - 1)).ok();
    }
}

/// The page that the reader was last taken to, so that each takes the focus once.
#[derive(Clone, Copy)]
pub struct Arrived(StoredValue<String>);

impl Arrived {
    /// For all pages below; the one that the server wrote has been arrived at already.
    pub fn provide() {
        provide_context(Self(StoredValue::new(use_location().pathname.get_untracked())));
    }

    fn is_new(self, path: &str) -> bool {
        let new = self.0.with_value(|last| last != path);
        self.0.set_value(path.to_owned());
        new
    }
}
