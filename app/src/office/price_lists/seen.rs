//! What a reseller sees of the products, at which price, and why (P2).

use crate::ui::{
    Column::{Number, Words},
    Empty, Load, Notice, PageHead, Table,
    data::Resource,
    paths,
};
use domain::price_lists::{Seen, SeenAs, SeenOption, Tier};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{api, way_up};

/// What a reseller sees of the products.
#[component]
pub fn SeenAsPage() -> impl IntoView {
    let params = use_params_map();
    let account = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let seen = Resource::new(move || account.get(), api::seen_as);
    view! {
        <Load from=seen let:seen>
            <Page seen=seen />
        </Load>
    }
}

#[component]
fn Page(seen: SeenAs) -> impl IntoView {
    let crumb = seen.list.clone().map_or_else(way_up, |(id, name)| (paths::price_list(id), name));
    let lede = view! {
        "What "
        <bdi>{seen.name}</bdi>
        " sees, at which price, and why."
    };
    let no_prices = seen.no_prices.map(|reason| view! { <Notice kind="warn">{reason.why()}</Notice> });
    let missing = domain::accounts::Missing::sentence(&seen.missing);
    let missing =
        (!missing.is_empty()).then(|| view! { <Notice kind="warn">"It cannot order: " {missing} "."</Notice> });
    let would = (seen.no_prices.is_some() && seen.list.is_some())
        .then(|| view! { <p class="hint">"While the price list holds, it sees this:"</p> });
    view! {
        <PageHead title="Seen as" crumb=crumb lede=lede.into_any() />
        {no_prices}
        {missing}
        {would}
        {if seen.options.is_empty() {
            view! { <Empty icon="box" title="Nothing to see" text="There is no option that could be offered." /> }
                .into_any()
        } else {
            options(seen.options).into_any()
        }}
    }
}

fn options(options: Vec<SeenOption>) -> impl IntoView {
    view! {
        <Table name="Options" columns=&[Words("Option"), Words("Price and why"), Number("List price")]>
            {options.into_iter().map(row).collect_view()}
        </Table>
    }
}

fn row(option: SeenOption) -> impl IntoView {
    let list_price = option.list_price.map_or_else(|| "None".to_owned(), |price| price.to_string());
    let why = match option.seen {
        Seen::Offered(tiers) => tiers.into_iter().map(tier).collect_view().into_any(),
        Seen::Hidden(hidden) => view! { <span class="muted">{hidden.why()}</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="title">
                <bdi>{option.product_name}</bdi>
                <small>
                    <bdi>{option.name}</bdi>
                </small>
            </td>
            <td>{why}</td>
            <td class="num" data-side="end" data-label="List price">
                {list_price}
            </td>
        </tr>
    }
}

fn tier(tier: Tier) -> impl IntoView {
    let from = if tier.from > 1 { format!(" from {} on", tier.from) } else { String::new() };
    view! {
        <p>
            <strong>{tier.unit.to_string()}</strong>
            {from}
            <span class="hint">{format!(" {}", tier.because.why())}</span>
        </p>
    }
}
