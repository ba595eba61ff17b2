//! The orders of all resellers: what is held and waits first, then the others, newest first.

use crate::shared::orders::{Chips, api, state_words, view_of_address};
use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, Load, PageHead, Pager, Pill, RowName, Table, Time,
    data::Resource,
    paths, thousands,
};
use domain::{
    billing::Decision,
    orders::{OfficeOrders, OfficeRow, OrdersQuery, State},
};
use leptos::prelude::*;

/// The orders of all resellers.
#[component]
pub fn OfficeOrdersPage() -> impl IntoView {
    let view = view_of_address();
    let page =
        Resource::new(move || view.get(), |view| async move { api::list_all(view).await.map(|page| (view, page)) });
    view! {
        <PageHead title="Orders" />
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: OrdersQuery, page: OfficeOrders) -> impl IntoView {
    let at = |after| paths::office_orders(&OrdersQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let rows = page.rows;
    let (waiting, held) = (page.waiting, page.held);
    let others = !waiting.is_empty();
    let waiting = others.then(|| view! { <Waiting rows=waiting held=held /> });
    view! {
        <Chips state=view.state address=Callback::new(|view| paths::office_orders(&view)) />
        {waiting}
        {match (rows.is_empty(), view.state) {
            (true, None) if others => ().into_any(),
            (true, Some(State::Submitted)) => {
                let text = "Orders over the credit of their reseller wait here for a decision.";
                view! { <Empty icon="bill" title="No order is held" text=text /> }.into_any()
            }
            (true, _) => {
                let text = "What resellers order appears here.";
                view! { <Empty icon="bill" title="No orders" text=text /> }.into_any()
            }
            (false, None) if others => view! {
                <section class="section" aria-labelledby="decided">
                    <div class="section-head">
                        <h2 id="decided">"Executed and canceled"</h2>
                    </div>
                    <Rows rows=rows name="Executed and canceled" />
                </section>
            }
            .into_any(),
            (false, _) => view! { <Rows rows=rows name="Orders" /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}

/// What is held, at the top of the first page; all of it is a view of its own.
#[component]
fn Waiting(rows: Vec<OfficeRow>, held: i64) -> impl IntoView {
    let more = usize::try_from(held).is_ok_and(|held| held > rows.len());
    let all = more.then(|| view! { <a href=paths::HELD_ORDERS>{format!("All {} held", thousands(held))}</a> });
    view! {
        <section class="section" aria-labelledby="waiting">
            <div class="section-head">
                <h2 id="waiting">"Held"</h2>
                {all}
            </div>
            <Rows rows=rows name="Held" />
        </section>
    }
}

/// Whether a held order is affordable now (C4).
pub fn credit_now(now: Decision) -> AnyView {
    match now {
        Decision::Execute => view! { <Pill word="active" label="Affordable now" /> }.into_any(),
        Decision::Hold(short) => format!("{} missing", short.missing).into_any(),
    }
}

#[component]
fn Rows(rows: Vec<OfficeRow>, name: &'static str) -> impl IntoView {
    let row = |row: OfficeRow| {
        let OfficeRow { row, reseller, now, .. } = row;
        view! {
            <tr>
                <td class="title">
                    <RowName name=row.number.to_string() address=Some(paths::office_order(row.number)) />
                    <small><bdi>{reseller}</bdi></small>
                </td>
                <td>
                    <bdi>{row.customer}</bdi>
                    <small>{row.what}</small>
                </td>
                <td class="num" data-side="start">{row.total.to_string()}</td>
                <td>{now.map(credit_now)}</td>
                <td class="state"><Pill word=row.state.word() label=state_words(row.state) /></td>
                <td class="num" data-side="end"><Time at=row.placed /></td>
            </tr>
        }
    };
    view! {
        <Table
            name=name
            columns=&[Words("Order"), Words("Customer"), Number("Total"), Words("Credit"), Words("State"), Newest("Placed")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
