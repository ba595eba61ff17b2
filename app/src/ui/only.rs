//! Parts of a page for those who may do something.

use domain::Deed;
use leptos::prelude::*;

use crate::ui::Me;

/// What only those are shown who may do that, as the policy says; others see nothing, or something else. The server asks the
/// policy again when it is done.
#[component]
pub fn Only(
    /// What they must be allowed to do.
    may: Deed,
    /// What others see.
    #[prop(optional, into)]
    otherwise: ViewFn,
    children: Children,
) -> impl IntoView {
    if Me::here().may(may) { children() } else { otherwise.run() }
}
