//! The orders of a reseller, newest first.

use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, Load, PageHead, Pager, Pill, RowName, Table, Time,
    data::Resource,
    paths,
};
use domain::orders::{OrderRow, Orders, OrdersQuery, State};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{api, lines::state_words};

/// The view that stands in the address.
pub fn view_of_address() -> Memo<OrdersQuery> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| OrdersQuery {
            state: query.get("state").and_then(|word| State::from_word(&word)),
            after: query.get("after").and_then(|after| after.parse().ok()),
        })
    })
}

/// All orders of a reseller, newest first.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let view = view_of_address();
    let page = Resource::new(move || view.get(), |view| async move { api::list(view).await.map(|page| (view, page)) });
    view! {
        <PageHead title="Orders" />
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: OrdersQuery, page: Orders) -> impl IntoView {
    let at = |after| paths::orders(&OrdersQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let rows = page.rows;
    view! {
        <Chips state=view.state address=Callback::new(|view| paths::orders(&view)) />
        {match (rows.is_empty(), view.state) {
            (true, None) => {
                let text = "Each time licenses are created, that is an order. It appears here.";
                view! { <Empty icon="bill" title="No orders yet" text=text /> }.into_any()
            }
            (true, Some(_)) => {
                let text = "No order of yours is in this state at present.";
                view! { <Empty icon="bill" title="None" text=text /> }.into_any()
            }
            (false, _) => view! { <Rows rows=rows /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}

/// All, or those in one state.
#[component]
pub fn Chips(
    /// The one that is shown.
    state: Option<State>,
    /// The address of a view.
    address: Callback<OrdersQuery, String>,
) -> impl IntoView {
    let chip = move |which: Option<State>| {
        let current = (which == state).then_some("true");
        let words = which.map_or("All", state_words);
        view! { <a class="chip" href=address.run(OrdersQuery { state: which, after: None }) aria-current=current>{words}</a> }
    };
    let all = std::iter::once(None).chain(State::ALL.iter().copied().map(Some));
    view! {
        <div class="chips" role="group" aria-label="Quick filters">
            {all.map(chip).collect_view()}
        </div>
    }
}

#[component]
fn Rows(rows: Vec<OrderRow>) -> impl IntoView {
    let row = |row: OrderRow| {
        view! {
            <tr>
                <td class="title"><RowName name=row.number.to_string() address=Some(paths::order(row.number)) /></td>
                <td><bdi>{row.customer}</bdi></td>
                <td data-side="start">{row.what}</td>
                <td class="num" data-side="start">{row.total.to_string()}</td>
                <td class="state"><Pill word=row.state.word() label=state_words(row.state) /></td>
                <td class="num" data-side="end"><Time at=row.placed /></td>
            </tr>
        }
    };
    view! {
        <Table
            name="Orders"
            columns=&[Words("Order"), Words("Customer"), Words("Licenses"), Number("Total"), Words("State"), Newest("Placed")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
