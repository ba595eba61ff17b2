//! The first step of the create-license wizard: what it is a license of (L1, P2).

use crate::shared::customers;
use crate::ui::{Fault, Load, PageHead, Private, data::Resource};
use domain::{
    Deed,
    products::{Catalog, Offer},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::{Steps, api};
use crate::storefront::catalog::{BeginButton, OnShelf, WhyEmpty};

/// What is known before a product is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// For whom, by id and name.
    pub user: Option<(String, String)>,
    /// The draft that one came back from, whose details stay.
    pub from: Option<String>,
}

/// The step `Product`; `?customer=` says for whom, `?draft=` from which draft one came back.
#[component]
pub fn NewLicensePage() -> impl IntoView {
    let query = use_query_map();
    let said = Memo::new(move |_| query.with(|query| (query.get("customer"), query.get("draft"))));
    let page = Resource::new(
        move || said.get(),
        |(customer, draft)| async move { Ok((api::catalog().await?, Known::of(customer, draft).await?)) },
    );
    view! {
        <Private deed=Deed::CreateLicenses let:_actor>
            <Load from=page let:page>
                <Products catalog=page.0 known=page.1 />
            </Load>
        </Private>
    }
}

impl Known {
    async fn of(customer: Option<String>, draft: Option<String>) -> Result<Self, Fault> {
        let user = match (&draft, customer) {
            (Some(draft), _) => api::wizard(draft.clone()).await?.user.map(|user| (user.id.to_string(), user.name)),
            (None, Some(id)) => Some((id.clone(), customers::api::find(id).await?.row.name)),
            (None, None) => None,
        };
        Ok(Self { user, from: draft })
    }
}

#[component]
fn Products(catalog: Catalog, known: Known) -> impl IntoView {
    let name = known.user.clone().map(|(_, name)| name);
    let lede = name.map(|name| view! { "For " <bdi>{name}</bdi> }.into_any());
    let customer = known.user.clone().map(|(id, _)| id);
    let button = |offer: &Offer, described_by: String| {
        let (customer, from) = (customer.clone(), known.from.clone());
        view! {
            <BeginButton
                option=offer.option
                label="Create license"
                described_by=described_by
                customer=customer
                from=from
            />
        }
        .into_any()
    };
    let shelves = catalog.shelves.clone().into_iter().enumerate();
    let shelves = shelves.map(|(nth, shelf)| view! { <OnShelf nth=nth shelf=shelf buttons=button /> });
    view! {
        <div class="wizard">
            {match lede {
                Some(lede) => view! { <PageHead title="Create license" crumb=super::way_up() lede=lede /> }.into_any(),
                None => view! { <PageHead title="Create license" crumb=super::way_up() /> }.into_any(),
            }}
            <Steps current=0 />
            <WhyEmpty catalog=catalog />
            <div class="stack">{shelves.collect_view()}</div>
        </div>
    }
}
