//! A license option at this reseller's price, and the button that starts with it.

use domain::{price_lists::Tier, products::Offer};
use leptos::prelude::*;

use super::{api::Begin, products::Known};
use crate::ui::{Form, Submit, count_of};

/// One option of a product.
#[component]
pub fn Pick(
    /// What it is, and its price.
    offer: Offer,
    /// The id of the product's heading.
    product: String,
    /// For whom, and from which draft.
    known: Known,
) -> impl IntoView {
    let begin = ServerAction::<Begin>::new();
    let title = format!("option-{}", offer.option);
    let described = format!("{title} {product}");
    let hint = what(&offer);
    view! {
        <li class="option">
            <div class="option-name">
                <h3 id=title>{offer.name.clone()}</h3>
                <p class="hint">{hint}</p>
            </div>
            <Price offer=offer.clone() />
            <Form action=begin class="" keyed=false hidden=("option", offer.option.to_string())>
                {known.user.map(|(id, _)| view! { <input type="hidden" name="customer" value=id /> })}
                {known.from.map(|draft| view! { <input type="hidden" name="from" value=draft /> })}
                <Submit label="Create license" kind="" described_by=described />
            </Form>
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
