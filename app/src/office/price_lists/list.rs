//! The price lists of the operator.

use crate::ui::{
    Column::{Number, Words},
    Empty, ExportCsv, Icon, Load, PageHead, Pager, Private, Table,
    data::Resource,
    paths, thousands,
};
use domain::{
    Deed,
    price_lists::{PriceListRow, PriceLists},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{StatePill, api};

/// The price lists of the operator.
#[component]
pub fn PriceListsPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let lists = Resource::new(move || after.get(), api::list);
    view! {
        <Private deed=Deed::SeePrices let:actor>
            <PageHead title="Price lists">
                <ExportCsv href=paths::PRICE_LISTS_CSV />
                {actor
                    .may(Deed::EditPrices)
                    .then(|| {
                        view! {
                            <a class="button" data-kind="main" href=paths::NEW_PRICE_LIST>
                                <Icon name="plus" />
                                "Add"
                            </a>
                        }
                    })}
            </PageHead>
            <Load from=lists let:page>
                <Page page=page is_first=after.get_untracked().is_none() />
            </Load>
        </Private>
    }
}

#[component]
fn Page(page: PriceLists, is_first: bool) -> impl IntoView {
    if page.rows.is_empty() && is_first {
        let text = "A price list says which options a reseller sees, and at which price. Add one, then assign it.";
        return view! { <Empty icon="bill" title="No price lists yet" text=text /> }.into_any();
    }
    let next = page.next.map(paths::price_lists_after);
    view! {
        <Table
            name="Price lists"
            columns=&[Words("Name"), Words("State"), Words("Currency"), Words("Dates"), Number("Accounts")]
        >
            {page.rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
        <Pager first=(!is_first).then(|| paths::PRICE_LISTS.to_owned()) next=next />
    }
    .into_any()
}

#[component]
fn Row(row: PriceListRow) -> impl IntoView {
    let dates = match &row.ends {
        Some(ends) => format!("{} to {ends}", row.starts),
        None => format!("From {}", row.starts),
    };
    // Counted no further than people read.
    let accounts = if row.accounts >= 1_000 { "1,000 or more".to_owned() } else { thousands(row.accounts) };
    view! {
        <tr>
            <td class="title">
                <a class="row" href=paths::price_list(row.id)>
                    <bdi>{row.name}</bdi>
                </a>
            </td>
            <td class="state">
                <StatePill state=row.state />
            </td>
            <td data-side="start">{row.currency.code()}</td>
            <td data-side="start">{dates}</td>
            <td class="num" data-side="end" data-label="Accounts">
                {accounts}
            </td>
        </tr>
    }
}
