//! The customers of an account, to read.

use crate::ui::{
    Column::{Number, Words},
    Empty, Load, Pill, Table, Time,
    data::Resource,
    paths, thousands,
};
use domain::{accounts::AccountCustomers, contacts::State, customers::CustomerRow};
use leptos::prelude::*;

use super::{account_after, api, part::Part};

/// The customers of an account.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let at = account_after();
    let page = Resource::new(move || at.get(), |(id, after)| api::customers(id, after));
    view! {
        <Load from=page let:page>
            <Customers page=page is_first=at.get_untracked().1.is_none() />
        </Load>
    }
}

#[component]
fn Customers(page: AccountCustomers, is_first: bool) -> impl IntoView {
    let list = match page.rows.is_empty() {
        true => {
            view! { <Empty icon="people" title="No customers" text="This account has created none yet." /> }.into_any()
        }
        false => view! { <Rows rows=page.rows /> }.into_any(),
    };
    view! {
        <Part head=page.head address=paths::office_account_customers is_first=is_first next=page.next>
            {list}
        </Part>
    }
}

#[component]
fn Rows(rows: Vec<CustomerRow>) -> impl IntoView {
    view! {
        <Table
            name="Customers"
            columns=&[Words("Customer"), Words("E-mail"), Words("State"), Number("Licenses"), Number("Created")]
        >
            {rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
    }
}

#[component]
fn Row(row: CustomerRow) -> impl IntoView {
    let word = if row.state == State::PendingActivation { "activation" } else { row.state.word() };
    let person = (row.person != row.name).then(|| view! { <small><bdi>{row.person}</bdi></small> });
    view! {
        <tr>
            <td class="title"><bdi>{row.name}</bdi>{person}</td>
            <td><bdi>{row.email}</bdi></td>
            <td class="state"><Pill word=word label=row.state.label() /></td>
            <td class="num" data-side="start" data-label="Licenses">{thousands(row.licenses)}</td>
            <td class="num" data-side="end" data-label="Created"><Time at=row.created /></td>
        </tr>
    }
}
