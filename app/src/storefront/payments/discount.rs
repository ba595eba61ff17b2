//! The discount of the own account: it is in all prices, and there is no code to type (B6).

use crate::shared::payments::api;
use crate::ui::{Empty, Fact, Facts, Load, Only, PageHead, data::Resource, paths};
use domain::{Deed, billing::Discount};
use leptos::prelude::*;

/// The discount of the own account.
#[component]
pub fn DiscountPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| api::discount());
    view! {
        <PageHead title="Your discount" crumb=(paths::BILLING.to_owned(), "Billing".to_owned()) />
        <Load from=page like="text" let:page>
            <Shown page=page />
        </Load>
    }
}

/// Some options have a price of their own.
const HOLDS: &str =
    "It is in your prices already, except where an option has a price of its own. There is no code to type.";

#[component]
fn Shown(page: Discount) -> impl IntoView {
    let Some(list) = page.list else {
        let text = "Ask the operator for a price list. Your discount stands here then.";
        return view! { <Empty icon="bill" title="No discount yet" text=text /> }.into_any();
    };
    let percent = page.percent_off.map_or_else(|| "As the price of each option says".to_owned(), |off| off.to_string());
    let days = page.days.map(|(from, until)| match until {
        Some(until) => format!("{from} to {until}"),
        None => format!("from {from} on"),
    });
    view! {
        <section class="card" aria-labelledby="discount">
            <h2 id="discount"><bdi>{list}</bdi></h2>
            <p>{if page.holds { HOLDS } else { "It is in none of your prices today." }}</p>
            <Facts>
                <Fact name="Off the list price">{percent}</Fact>
                <Fact name="Holds">{days}</Fact>
                <Fact name="Today">{if page.holds { "It holds" } else { "It does not hold" }}</Fact>
            </Facts>
            <Only may=Deed::SeeCatalog>
                <div class="actions" data-fit><a class="button" href=paths::CATALOG>"See your prices"</a></div>
            </Only>
        </section>
    }
    .into_any()
}
