//! The first step of the create-license wizard: what it is a license of (L1, P2).

use domain::products::{Catalog, Shelf};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Refused, Steps, api, offers::Pick};
use crate::{
    Fault, customers,
    ui::{Load, PageHead},
};

/// The step `Product`; `?customer=` says for whom.
#[component]
pub fn NewLicensePage() -> impl IntoView {
    let query = use_query_map();
    let customer = Memo::new(move |_| query.with(|query| query.get("customer")));
    let page = Resource::new(move || customer.get(), load);
    view! {
        <Load from=page let:page>
            <Products catalog=page.0 customer=page.1 />
        </Load>
    }
}

/// Whose license it will be: id and name.
type Customer = (String, String);

async fn load(customer: Option<String>) -> Result<(Catalog, Option<Customer>), Fault> {
    let catalog = api::catalog().await?;
    let Some(id) = customer else { return Ok((catalog, None)) };
    let name = customers::api::find(id.clone()).await?.row.name;
    Ok((catalog, Some((id, name))))
}

#[component]
fn Products(catalog: Catalog, customer: Option<Customer>) -> impl IntoView {
    let (id, name) = customer.unzip();
    let lede = name.map(|name| view! { "For " <bdi>{name}</bdi> }.into_any());
    let shelf = |(nth, shelf): (usize, Shelf)| view! { <OnShelf nth=nth shelf=shelf customer=id.clone() /> };
    view! {
        <div class="wizard">
            {match lede {
                Some(lede) => view! { <PageHead title="Create license" crumb=super::way_up() lede=lede /> }.into_any(),
                None => view! { <PageHead title="Create license" crumb=super::way_up() /> }.into_any(),
            }}
            <Steps current=0 />
            {catalog.refusal.map(|refusal| view! { <Refused refusal=refusal /> })}
            <div class="stack">{catalog.shelves.into_iter().enumerate().map(shelf).collect_view()}</div>
        </div>
    }
}

#[component]
fn OnShelf(nth: usize, shelf: Shelf, customer: Option<String>) -> impl IntoView {
    let title = format!("product-{nth}");
    let trial = shelf.offers.iter().find_map(|offer| offer.trial_days);
    let trial = trial.map(|days| view! { <span class="tag">{format!("Trial {days} days")}</span> });
    let offer = |offer| view! { <Pick offer=offer product=title.clone() customer=customer.clone() /> };
    view! {
        <section class="product" aria-labelledby=title.clone()>
            <div class="product-head">
                <h2 id=title.clone()>{shelf.name}</h2>
                {trial}
                <p class="hint">{shelf.description}</p>
            </div>
            <ul class="options">{shelf.offers.into_iter().map(offer).collect_view()}</ul>
        </section>
    }
}
