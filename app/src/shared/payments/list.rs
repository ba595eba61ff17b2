//! The payments of the own account, newest first.

use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, Load, PageHead, Pager, RowName, Table, Time,
    data::Resource,
    paths,
};
use domain::billing::{PaymentRow, Payments, PaymentsQuery, Waits};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api,
    method::{PayLink, state_pill},
};

/// The view that stands in the address.
pub fn view_of_address() -> Memo<PaymentsQuery> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| PaymentsQuery {
            waits: query.get("waits").and_then(|word| Waits::from_word(&word)),
            after: query.get("after").and_then(|after| after.parse().ok()),
        })
    })
}

/// The payments of the own account, newest first.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    let view = view_of_address();
    let page = Resource::new(move || view.get(), |view| async move { api::list(view).await.map(|page| (view, page)) });
    view! {
        <PageHead title="Payments" crumb=(paths::BILLING.to_owned(), "Billing".to_owned())>
            <PayLink label="Pay for licenses" />
        </PageHead>
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: PaymentsQuery, page: Payments) -> impl IntoView {
    let at = |after| paths::payments(&PaymentsQuery { after, ..view });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let rows = page.rows;
    view! {
        {if rows.is_empty() {
            let text = "What you pay for licenses and invoices, and what you top up, appears here.";
            view! { <Empty icon="bill" title="No payments yet" text=text /> }.into_any()
        } else {
            view! { <Rows rows=rows office=false /> }.into_any()
        }}
        <Pager first=first next=next />
    }
}

/// Payments as rows; in the back office each says whose it is.
#[component]
pub fn Rows(
    /// The payments.
    rows: Vec<PaymentRow>,
    /// Whether this is the back office.
    office: bool,
) -> impl IntoView {
    let row = move |row: PaymentRow| {
        let address = if office { paths::office_payment(row.number) } else { paths::payment(row.number) };
        let whose = office.then(|| view! { <small><bdi>{row.organisation.clone()}</bdi></small> });
        let problem = row.problem.is_some().then(|| view! { <small>"To look at"</small> });
        view! {
            <tr>
                <td class="title"><RowName name=row.number.to_string() address=Some(address) /> {whose}</td>
                <td>{row.purpose.label()}</td>
                <td>{row.method.label()}</td>
                <td class="num" data-side="start">{row.asked.to_string()}</td>
                <td class="state">{state_pill(row.state)} {problem}</td>
                <td class="num" data-side="end"><Time at=row.begun /></td>
            </tr>
        }
    };
    view! {
        <Table
            name="Payments"
            columns=&[Words("Payment"), Words("For"), Words("How"), Number("Amount"), Words("State"), Newest("Begun")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
