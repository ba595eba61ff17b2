//! Parts of a page for those who may do something.

use domain::Deed;
use leptos::{either::Either, prelude::*};

use crate::sessions::Me;

/// What only those are shown who may do that, as the policy says; others see nothing, or something else. The server asks the
/// policy again when it is done.
#[component]
pub fn Only(
    /// What they must be allowed to do.
    may: Deed,
    /// What others see.
    #[prop(optional, into)]
    otherwise: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let me = Me::here();
    view! {
        <Transition>
            {move || {
                let (children, otherwise) = (children.clone(), otherwise.clone());
                Suspend::new(async move {
                    match me.who_may(may).await {
                        Ok(_) => Either::Left(children()),
                        Err(_) => Either::Right(otherwise.run()),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
