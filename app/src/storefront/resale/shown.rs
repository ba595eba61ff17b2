//! A resale price that is recorded, beside its option.

use crate::ui::paths;
use domain::{OptionId, price_lists::Resale};
use leptos::prelude::*;

/// What is recorded, the warning below the floor, and the way to change it for those who may.
#[component]
pub fn ResaleLine(
    /// The option.
    option: OptionId,
    /// What is recorded for it.
    resale: Option<Resale>,
    /// Whether the reader may record it.
    may_set: bool,
    /// The ids of what it is about.
    described_by: String,
) -> impl IntoView {
    let (words, label) = match resale {
        Some(resale) => (Some(format!("Your resale price: {}. ", resale.price)), "Change resale price"),
        None => (None, "Set resale price"),
    };
    let below = resale.and_then(|resale| resale.below);
    let warning = below.map(|below| view! { <span class="hint" data-kind="warn">{below.words()} " "</span> });
    let link = may_set.then(|| {
        view! {
            <a href=paths::resale_price(option) aria-describedby=described_by>
                {label}
            </a>
        }
    });
    (resale.is_some() || may_set).then(|| view! { <p class="hint">{words} {warning} {link}</p> })
}
