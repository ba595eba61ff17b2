//! The products of the operator, sold or not.

use crate::ui::{
    Column::{Number, Words},
    Empty, ExportCsv, Icon, Load, PageHead, Pager, Private, Table, count_of,
    data::Resource,
    paths, thousands,
};
use domain::{
    Deed,
    products::{ProductRow, Products},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{SalePill, api};

/// The products of the operator, sold or not.
#[component]
pub fn ProductsPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let products = Resource::new(move || after.get(), api::list);
    let add = || {
        view! {
            <a class="button" data-kind="main" href=paths::NEW_PRODUCT>
                <Icon name="plus" />
                "Add"
            </a>
        }
    };
    view! {
        <Private deed=Deed::SeePrices let:actor>
            <PageHead title="Products">
                <ExportCsv href=paths::PRODUCTS_CSV />
                {actor.may(Deed::EditPrices).then(add)}
            </PageHead>
            <Load from=products let:page>
                <Page page=page is_first=after.get_untracked().is_none() />
            </Load>
        </Private>
    }
}

#[component]
fn Page(page: Products, is_first: bool) -> impl IntoView {
    if page.rows.is_empty() && is_first {
        let text = "A product has license options, and each of them a list price. Add the first product.";
        return view! { <Empty icon="box" title="No products yet" text=text /> }.into_any();
    }
    let next = page.next.map(paths::products_after);
    view! {
        <Table name="Products" columns=&[Words("Product"), Words("State"), Words("Trial"), Number("Options")]>
            {page.rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
        <Pager first=(!is_first).then(|| paths::PRODUCTS.to_owned()) next=next />
    }
    .into_any()
}

#[component]
fn Row(row: ProductRow) -> impl IntoView {
    let trial = row.trial_days.map_or_else(|| "None".to_owned(), |days| count_of(days, "day", "days"));
    let add_on = row.add_on.then(|| view! { <span class="tag">"Add-on"</span> });
    view! {
        <tr>
            <td class="title">
                <a class="row" href=paths::product(row.id)>
                    <bdi>{row.name}</bdi>
                </a>
                " "
                {add_on}
                <small>
                    <bdi>{row.description}</bdi>
                </small>
            </td>
            <td class="state">
                <SalePill active=row.active />
            </td>
            <td data-side="start" data-label="Trial">
                {trial}
            </td>
            <td class="num" data-side="end" data-label="Options">
                {thousands(row.options)}
            </td>
        </tr>
    }
}
