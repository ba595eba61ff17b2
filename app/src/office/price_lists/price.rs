//! One price of a price list: a new one, or one that is changed or removed.

use crate::ui::{
    Checked, Edition, Field, Form, Load, PageHead, Select, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::price_lists::{EntryForm, EntryPage};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{self, RemovePrice, SetPrice};

/// One price: `?option=` and `?from=` say which; without them it is a new one.
#[component]
pub fn PricePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let list = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let of = Memo::new(move |_| query.with(|query| (query.get("option"), query.get("from"))));
    let page = Resource::new(move || (list.get(), of.get()), |(list, (option, from))| api::price(list, option, from));
    view! {
        <Load from=page like="form" let:page>
            <Page page=page />
        </Load>
    }
}

#[component]
fn Page(page: EntryPage) -> impl IntoView {
    let title = if page.entry.is_some() { "Change price" } else { "Add price" };
    let crumb = (paths::price_list(page.list), page.list_name.clone());
    let lede = page.entry.as_ref().map(|row| row.name.clone()).map(|name| view! { <bdi>{name}</bdi> }.into_any());
    let remove = page.entry.is_some().then(|| view! { <Remove page=page.clone() /> });
    view! {
        <PageHead title=title crumb=crumb lede=lede />
        <div class="narrow stack" data-gap="large">
            <Price page=page />
            {remove}
        </div>
    }
}

#[component]
fn Price(page: EntryPage) -> impl IntoView {
    let set = ServerAction::<SetPrice>::new();
    let live = Live::default();
    let currency = page.currency;
    let errors = Signal::derive(move || live.form().check(currency, &[]).err().unwrap_or_default());
    let form = page.entry.as_ref().map_or_else(first_tier, |row| row.entry.into());
    let list_price = page.entry.as_ref().and_then(|row| row.list_price).map(|price| format!(" of {price}"));
    view! {
        <Form action=set hidden=("list", page.list.to_string())>
            <Edition value=page.edition />
            <Of page=page.clone() />
            <Checked errors=errors>
                <Field
                    name="from_quantity"
                    label="From quantity"
                    inputmode="numeric"
                    width="short"
                    value=form.from_quantity
                    live=live.from_quantity
                    hint="1 for all. A price holds up to the next quantity that has one."
                />
                <div class="pair">
                    <Field
                        name="fixed_price"
                        label="Fixed price"
                        inputmode="decimal"
                        value=form.fixed_price
                        live=live.fixed_price
                        hint=format!("Of one, in {}.", currency.code())
                    />
                    <Field
                        name="percent_off"
                        label="Percentage off"
                        inputmode="decimal"
                        value=form.percent_off
                        live=live.percent_off
                        hint=format!("Off the list price{}. One of both.", list_price.unwrap_or_default())
                    />
                </div>
            </Checked>
            <div class="actions">
                <Submit label="Save" />
                <a class="button" href=paths::price_list(page.list)>
                    "Cancel"
                </a>
            </div>
        </Form>
    }
}

fn first_tier() -> EntryForm {
    EntryForm { from_quantity: "1".to_owned(), ..EntryForm::default() }
}

/// What the price is of: chosen for a new one, and kept for one that is changed.
#[component]
fn Of(page: EntryPage) -> impl IntoView {
    if let Some(row) = page.entry {
        return view! {
            <input type="hidden" name="option" value=row.option.to_string() />
            <input type="hidden" name="was" value=row.entry.from />
        }
        .into_any();
    }
    let none = (String::new(), "Choose".to_owned());
    let options = page.options.into_iter().map(|(id, name)| (id.to_string(), name));
    let options = std::iter::once(none).chain(options).collect::<Vec<_>>();
    view! { <Select name="option" label="Option" options=options hint="With its list price." /> }.into_any()
}

#[component]
fn Remove(page: EntryPage) -> impl IntoView {
    let remove = ServerAction::<RemovePrice>::new();
    let Some(row) = page.entry else { return ().into_any() };
    view! {
        <section class="card" aria-labelledby="remove">
            <h2 id="remove">"Remove this price"</h2>
            <p>"What was sold keeps its price."</p>
            <Form action=remove id="remove" hidden=("list", page.list.to_string())>
                <Edition value=page.edition />
                <input type="hidden" name="option" value=row.option.to_string() />
                <input type="hidden" name="from" value=row.entry.from />
                <div class="actions">
                    <Submit label="Remove" kind="danger" />
                </div>
            </Form>
        </section>
    }
    .into_any()
}

/// What is typed now.
#[derive(Clone, Copy, Default)]
struct Live {
    from_quantity: RwSignal<String>,
    fixed_price: RwSignal<String>,
    percent_off: RwSignal<String>,
}

impl Live {
    fn form(self) -> EntryForm {
        EntryForm {
            from_quantity: self.from_quantity.get(),
            fixed_price: self.fixed_price.get(),
            percent_off: self.percent_off.get(),
        }
    }
}
