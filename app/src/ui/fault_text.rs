//! What went wrong, said where no form around says it.

use leptos::prelude::*;

use crate::ui::Fault;
use crate::ui::here;

/// The words of a fault. Where Keyhouse has been updated under the open page, they end with the way to load it again.
#[component]
pub fn FaultText(
    /// What went wrong.
    fault: Fault,
) -> impl IntoView {
    let load_again = matches!(fault, Fault::Outdated).then(|| {
        view! {
            " "
            <a href=here() rel="external">"Load again"</a>
        }
    });
    view! { <span>{fault.to_string()} {load_again}</span> }
}
