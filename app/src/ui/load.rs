//! What a page shows while its data is on its way, when it is there, and when it is not.

use std::sync::Arc;

use domain::{Actor, Deed};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::ui::{
    Fault,
    data::{Coming, Resource, Untyped, Value},
};
use crate::ui::{FaultPage, Me};

/// Shows data once it is there, and the page of a fault when there is none. Kept on screen
/// while it is fetched again.
#[component]
pub fn Load<T, F, V>(
    /// The data.
    from: Resource<Result<T, Fault>>,
    /// The shape that is shown while waiting: `list`, `tiles`, `text`, `form`.
    #[prop(default = "list")]
    like: &'static str,
    /// What is shown of it.
    children: F,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    load(from.untyped(), like, Arc::new(move |value| Ok(children(value.read()?).into_any())))
}

/// A page for those who may do something: others are led to sign in, or find nothing.
#[component]
pub fn Private<F, V>(
    /// What they must be allowed to do.
    deed: Deed,
    /// What will do as well.
    #[prop(optional)]
    or: Option<Deed>,
    /// The page, given who asks.
    children: F,
) -> impl IntoView
where
    F: Fn(Actor) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    match Me::here().who_may_one(&[deed, or.unwrap_or(deed)]) {
        Ok(actor) => children(actor).into_any(),
        Err(fault) => fault_page(fault),
    }
}

/// Made once, for all data.
#[inline(never)]
fn load(
    from: Untyped,
    like: &'static str,
    draw: Arc<dyn Fn(Value) -> Result<AnyView, Fault> + Send + Sync>,
) -> AnyView {
    let page = move || -> Coming<_> {
        let draw = draw.clone();
        Box::pin(async move {
            let drawn = async { draw(from.await?) };
            drawn.await.unwrap_or_else(fault_page)
        })
    };
    later(ViewFnOnce::from(move || view! { <Waiting like=like /> }), Box::new(page))
}

#[inline(never)]
fn fault_page(fault: Fault) -> AnyView {
    view! { <FaultPage fault=fault /> }.into_any()
}

/// Shows what comes later, and something else till then. Made once, for all that waits.
///
/// The server draws it once, so there Leptos is handed what comes, and no way to begin it anew: before it waits, it goes through all that
/// waits, and would draw what is there by then twice, with everything that it asks the database for.
#[inline(never)]
pub fn later(till_then: ViewFnOnce, draw: Box<dyn Fn() -> Coming<AnyView> + Send + Sync>) -> AnyView {
    #[cfg(feature = "ssr")]
    return view! { <Transition fallback=till_then>{Suspend::new(draw())}</Transition> }.into_any();
    #[cfg(not(feature = "ssr"))]
    view! { <Transition fallback=till_then>{move || Suspend::new(draw())}</Transition> }.into_any()
}

/// The shape of what is on its way.
#[component]
pub fn Waiting(
    /// `list`, `tiles`, `text`, `form`.
    like: &'static str,
) -> impl IntoView {
    view! {
        <p class="visually-hidden" role="status">"Loading"</p>
        <div class="skeleton" aria-hidden="true" data-kind=like><i></i><i></i><i></i></div>
    }
}
