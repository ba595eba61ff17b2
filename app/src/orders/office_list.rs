//! The orders of all resellers, newest first; the held ones are what waits.

use domain::{
    billing::Decision,
    orders::{OfficeOrders, OfficeRow, OrdersQuery, State},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{
    api,
    lines::state_words,
    list::{Chips, view_of_address},
};
use crate::{
    Fault, paths,
    ui::{
        Column::{Newest, Number, Words},
        Empty, Load, PageHead, Pager, Pill, RowName, Table, Time,
    },
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct OfficeOrdersRoute {
    page: Resource<Result<(OrdersQuery, OfficeOrders), Fault>>,
}

#[lazy_route]
impl LazyRoute for OfficeOrdersRoute {
    fn data() -> Self {
        let view = view_of_address();
        let page =
            Resource::new(move || view.get(), |view| async move { api::list_all(view).await.map(|page| (view, page)) });
        Self { page }
    }

    fn view(this: Self) -> AnyView {
        let OfficeOrdersRoute { page } = this;
        view! {
            <PageHead title="Orders" />
            <Load from=page let:shown>
                <Page view=shown.0 page=shown.1 />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Page(view: OrdersQuery, page: OfficeOrders) -> impl IntoView {
    let at = |after| paths::office_orders(&OrdersQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let rows = page.rows;
    view! {
        <Chips state=view.state address=paths::office_orders />
        {match (rows.is_empty(), view.state) {
            (true, Some(State::Submitted)) => {
                let text = "Orders over the credit of their reseller wait here for a decision.";
                view! { <Empty icon="bill" title="No order is held" text=text /> }.into_any()
            }
            (true, _) => {
                let text = "What resellers order appears here.";
                view! { <Empty icon="bill" title="No orders" text=text /> }.into_any()
            }
            (false, _) => view! { <Rows rows=rows /> }.into_any(),
        }}
        <Pager first=first next=next />
    }
}

/// Whether a held order is affordable now (C4).
pub(super) fn now_words(now: Decision) -> String {
    match now {
        Decision::Execute => "Affordable now".to_owned(),
        Decision::Hold(short) => format!("{} missing", short.missing),
    }
}

#[component]
fn Rows(rows: Vec<OfficeRow>) -> impl IntoView {
    let row = |row: OfficeRow| {
        let OfficeRow { row, reseller, now, .. } = row;
        view! {
            <tr>
                <td class="title">
                    <RowName name=row.number.to_string() address=Some(paths::office_order(row.number)) />
                    <small><bdi>{reseller}</bdi></small>
                </td>
                <td><bdi>{row.customer}</bdi></td>
                <td class="num" data-side="start">{row.total.to_string()}</td>
                <td>{now.map(now_words)}</td>
                <td class="state"><Pill word=row.state.word() label=state_words(row.state) /></td>
                <td class="num" data-side="end"><Time at=row.placed /></td>
            </tr>
        }
    };
    view! {
        <Table
            name="Orders"
            columns=&[Words("Order"), Words("Customer"), Number("Total"), Words("Credit"), Words("State"), Newest("Placed")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
