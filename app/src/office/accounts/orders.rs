//! The orders of an account, to read; each leads to its page, where held ones are decided.

use crate::shared::orders::{Chips, state_words, view_of_address};
use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, Load, Pager, Pill, RowName, Table, Time,
    data::Resource,
    paths,
};
use domain::{
    AccountId,
    accounts::AccountOrders,
    orders::{OfficeRow, OrdersQuery},
};
use leptos::prelude::*;

use super::{account, api, top::AccountTop};
use crate::office::orders::credit_now;

/// The orders of an account.
#[component]
pub fn AccountOrdersPage() -> impl IntoView {
    let (id, view) = (account(), view_of_address());
    let page = Resource::new(
        move || (id.get(), view.get()),
        |(id, view)| async move { api::orders(id, view).await.map(|page| (view, page)) },
    );
    view! {
        <Load from=page let:shown>
            <Orders view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Orders(view: OrdersQuery, page: AccountOrders) -> impl IntoView {
    let AccountOrders { head, rows, next } = page;
    let id = head.id;
    let at = move |after| paths::office_account_orders(id, &OrdersQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), next.map(|after| at(Some(after))));
    let list = match (rows.is_empty(), view.state) {
        (true, None) => {
            let text = "Each time this account creates licenses, that is an order. It appears here.";
            view! { <Empty icon="bill" title="No orders" text=text /> }.into_any()
        }
        (true, Some(_)) => {
            let text = "No order of this account is in this state at present.";
            view! { <Empty icon="bill" title="None" text=text /> }.into_any()
        }
        (false, _) => view! { <Rows rows=rows /> }.into_any(),
    };
    view! {
        <AccountTop head=head />
        <Chips state=view.state address=address_of(id) />
        {list}
        <Pager first=first next=next />
    }
}

/// The address of a view of the orders of an account.
fn address_of(id: AccountId) -> Callback<OrdersQuery, String> {
    Callback::new(move |view| paths::office_account_orders(id, &view))
}

#[component]
fn Rows(rows: Vec<OfficeRow>) -> impl IntoView {
    view! {
        <Table
            name="Orders"
            columns=&[
                Words("Order"),
                Words("Customer"),
                Words("Licenses"),
                Number("Total"),
                Words("Credit"),
                Words("State"),
                Newest("Placed"),
            ]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

fn row(OfficeRow { row, now, .. }: OfficeRow) -> impl IntoView {
    view! {
        <tr>
            <td class="title"><RowName name=row.number.to_string() address=Some(paths::office_order(row.number)) /></td>
            <td><bdi>{row.customer}</bdi></td>
            <td data-side="start">{row.what}</td>
            <td class="num" data-side="start">{row.total.to_string()}</td>
            <td>{now.map(credit_now)}</td>
            <td class="state"><Pill word=row.state.word() label=state_words(row.state) /></td>
            <td class="num" data-side="end"><Time at=row.placed /></td>
        </tr>
    }
}
