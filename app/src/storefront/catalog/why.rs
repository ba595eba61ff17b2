//! Why there is nothing to order (P2).

use crate::ui::Empty;
use domain::{Refusal, accounts::Missing, products::Catalog};
use leptos::prelude::*;

use crate::storefront::licenses::Refused;

/// The reason, where a catalog is empty.
#[component]
pub fn WhyEmpty(
    /// The catalog.
    catalog: Catalog,
) -> impl IntoView {
    let of_prices_alone =
        matches!(&catalog.refusal, Some(Refusal::NotReady { missing }) if missing.as_slice() == [Missing::PriceList]);
    let refused = catalog.refusal.filter(|_| !of_prices_alone).map(|refusal| view! { <Refused refusal=refusal /> });
    let prices = catalog.no_prices.map(|reason| {
        let text = format!("{} Ask the operator to change that.", reason.words());
        view! { <Empty icon="box" title="Your catalog is empty" text=text /> }
    });
    let nothing = (catalog.shelves.is_empty() && refused.is_none() && prices.is_none()).then(|| {
        let text = "Your price list offers nothing at present. Ask the operator to change that.";
        view! { <Empty icon="box" title="Your catalog is empty" text=text /> }
    });
    view! {
        {refused}
        {prices}
        {nothing}
    }
}
