//! A product with its license options at this reseller's prices.

use crate::ui::count_of;
use domain::{
    price_lists::Tier,
    products::{Offer, Shelf},
};
use leptos::prelude::*;

/// One product.
#[component]
pub fn OnShelf<F>(
    /// Its place on the page.
    nth: usize,
    /// The product and its options.
    shelf: Shelf,
    /// What can be done with an option, given the ids of what says which one it is.
    buttons: F,
) -> impl IntoView
where
    F: Fn(&Offer, String) -> AnyView,
{
    let title = format!("product-{nth}");
    let trial = shelf.offers.iter().find_map(|offer| offer.trial_days);
    let trial = trial.map(|days| format!("Trial {}", count_of(days, "day", "days")));
    let trial = trial.map(|words| view! { <span class="tag">{words}</span> });
    let option = |offer: Offer| {
        let buttons = buttons(&offer, format!("option-{} {title}", offer.option));
        view! { <Picked offer=offer>{buttons}</Picked> }
    };
    view! {
        <section class="product" aria-labelledby=title.clone()>
            <div class="product-head">
                <h2 id=title.clone()>{shelf.name}</h2>
                {trial}
                <p class="hint">{shelf.description}</p>
            </div>
            <ul class="options">{shelf.offers.into_iter().map(option).collect_view()}</ul>
        </section>
    }
}

/// One option; children are its buttons.
#[component]
fn Picked(offer: Offer, children: Children) -> impl IntoView {
    view! {
        <li class="option">
            <div class="option-name">
                <h3 id=format!("option-{}", offer.option)>{offer.name.clone()}</h3>
                <p class="hint">{what(&offer)}</p>
            </div>
            <Price offer=offer.clone() />
            {children()}
            {more(&offer)}
        </li>
    }
}

#[component]
fn Price(offer: Offer) -> impl IntoView {
    let unit = offer.unit_price(1);
    let list = (unit != offer.list_price).then(|| {
        view! {
            " "
            <span class="visually-hidden">"instead of "</span>
            <s>{offer.list_price.to_string()}</s>
        }
    });
    view! {
        <p class="price">
            <strong>{unit.to_string()}</strong>
            {list}
        </p>
    }
}

/// What one gets and how it is charged, and which rule gave the price.
fn what(offer: &Offer) -> String {
    let computers = count_of(offer.activations, "computer", "computers");
    let why = offer.tiers.first().map(|tier| format!(", {}", tier.because.label())).unwrap_or_default();
    format!("{computers}, {}{why}", offer.billing.label())
}

/// The prices of larger quantities.
fn more(offer: &Offer) -> Option<impl IntoView + use<>> {
    let tier = |tier: &Tier| format!("{} each from {} on ({})", tier.unit, tier.from, tier.because.label());
    let tiers: Vec<_> = offer.tiers.iter().skip(1).map(tier).collect();
    (!tiers.is_empty()).then(|| view! { <p class="hint">{tiers.join("; ")}</p> })
}
