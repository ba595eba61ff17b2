//! What a page shows while its data is on its way, when it is there, and when it is not.

use domain::Deed;
use leptos::{either::Either, prelude::*};

use super::FaultPage;
use crate::{Fault, sessions::Me};

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
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=move || view! { <Waiting like=like /> }>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    match from.await {
                        Ok(data) => Either::Left(children(data)),
                        Err(fault) => Either::Right(view! { <FaultPage fault=fault /> }),
                    }
                })
            }}
        </Transition>
    }
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
    F: Fn(domain::Actor) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let me = Me::here();
    view! {
        <Transition fallback=|| view! { <Waiting like="text" /> }>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    match me.who_may_one(&[deed, or.unwrap_or(deed)]).await {
                        Ok(actor) => Either::Left(children(actor)),
                        Err(fault) => Either::Right(view! { <FaultPage fault=fault /> }),
                    }
                })
            }}
        </Transition>
    }
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
