//! The price list of an account, and the form that assigns one (P2).

use crate::ui::{
    Edition, Fact, Facts, Form, Load, Pill, Select, Submit,
    data::{Resource, ServerAction},
};
use domain::accounts::{AccountPrices, AssignedList};
use leptos::prelude::*;

use super::{
    account,
    api::{self, AssignPriceList},
    top::AccountTop,
};

/// The price list of an account.
#[component]
pub fn PriceListPage() -> impl IntoView {
    let id = account();
    let page = Resource::new(move || id.get(), api::prices);
    let assign = ServerAction::<AssignPriceList>::new();
    let refresh = Callback::new(move |()| page.refetch());
    view! {
        <Load from=page like="form" let:page>
            <Prices page=page assign=assign refresh=refresh />
        </Load>
    }
}

#[component]
fn Prices(page: AccountPrices, assign: ServerAction<AssignPriceList>, refresh: Callback<()>) -> impl IntoView {
    let AccountPrices { head, assigned, lists, currency, edition } = page;
    let (id, may_edit) = (head.id, head.may_edit);
    let chosen = assigned.as_ref().map_or_else(String::new, |list| list.id.to_string());
    let first = match assigned {
        Some(_) => ("none".to_owned(), "No price list".to_owned()),
        None => (String::new(), "Choose".to_owned()),
    };
    let offered = lists.into_iter().map(|(id, name)| (id.to_string(), name));
    let options = std::iter::once(first).chain(offered).collect();
    let form = may_edit.then(|| {
        view! {
            <Form action=assign hidden=("id", id.to_string()) on_done=refresh>
                <Edition value=edition />
                <Select
                    name="price_list"
                    label="Price list"
                    options=options
                    value=chosen
                    hint=format!("Those in {} that are active.", currency.code())
                />
                <div class="actions" data-fit><Submit label="Assign price list" /></div>
            </Form>
        }
    });
    view! {
        <AccountTop head=head />
        <section class="card" aria-labelledby="price-list">
            <h2 id="price-list">"Price list"</h2>
            {match assigned {
                Some(list) => view! { <Assigned list=list /> }.into_any(),
                None => view! { <p>"None is assigned, so the account sees no products."</p> }.into_any(),
            }}
            {form}
        </section>
    }
}

#[component]
fn Assigned(list: AssignedList) -> impl IntoView {
    view! {
        <Facts>
            <Fact name="Assigned">
                <bdi>{list.name}</bdi>
                " "
                <Pill word=list.state.word() label=list.state.label() />
            </Fact>
            <Fact name="Holds">{list.days}</Fact>
        </Facts>
    }
}
