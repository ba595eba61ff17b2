//! One license option of a product: a new one, or one that is changed.

use crate::ui::{
    Edition, Form, Load, PageHead, Submit,
    data::{Resource, ServerAction},
    paths,
};
use domain::products;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::{self, AddOption, SaveOption},
    option_fields::OptionFields,
    switch::OptionSwitch,
};

/// One license option of a product: `?option=` says which one; without it, it is a new one.
#[component]
pub fn OptionPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let product = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let option = Memo::new(move |_| query.with(|query| query.get("option")));
    let page =
        Resource::new(move || (product.get(), option.get()), |(product, option)| api::find_option(product, option));
    view! {
        <Load from=page like="form" let:page>
            <Page page=page />
        </Load>
    }
}

#[component]
fn Page(page: products::OptionPage) -> impl IntoView {
    let crumb = (paths::product(page.product), page.product_name.clone());
    let product = page.product;
    match page.option {
        Some(option) => {
            let (edition, active) = (page.edition, page.active);
            view! {
                <PageHead title=page.form.name.clone() typed=true crumb=crumb />
                <div class="narrow stack" data-gap="large">
                    <Edit page=page option=option />
                    <OptionSwitch product=product option=option edition=edition active=active />
                </div>
            }
            .into_any()
        }
        None => view! {
            <PageHead title="Add option" crumb=crumb />
            <div class="narrow">
                <New page=page />
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Edit(page: products::OptionPage, option: domain::OptionId) -> impl IntoView {
    let save = ServerAction::<SaveOption>::new();
    view! {
        <Form action=save hidden=("option", option.to_string())>
            <Edition value=page.edition />
            <input type="hidden" name="product" value=page.product.to_string() />
            <OptionFields form=page.form add_on=page.add_on sold=page.sold />
            <div class="actions">
                <Submit label="Save" />
                <a class="button" href=paths::product(page.product)>
                    "Cancel"
                </a>
            </div>
        </Form>
    }
}

#[component]
fn New(page: products::OptionPage) -> impl IntoView {
    let add = ServerAction::<AddOption>::new();
    view! {
        <Form action=add hidden=("product", page.product.to_string())>
            <OptionFields form=page.form add_on=page.add_on sold=false />
            <div class="actions">
                <Submit label="Add" />
                <a class="button" href=paths::product(page.product)>
                    "Cancel"
                </a>
            </div>
        </Form>
    }
}
