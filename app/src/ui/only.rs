//! Parts of a page for those who may do something.

use domain::Deed;
use leptos::prelude::*;

use super::load::later;
use crate::{data::Coming, sessions::Me};

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
    let drawn = move || -> Coming<_> {
        let (children, otherwise) = (children.clone(), otherwise.clone());
        Box::pin(async move { if me.who_may(may).await.is_ok() { children() } else { otherwise.run() } })
    };
    later(ViewFnOnce::default(), Box::new(drawn))
}
