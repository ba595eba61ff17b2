//! Money that came in by bank transfer, newest first; what nobody knows the owner of waits here.

use crate::shared::payments::api;
use crate::ui::{
    Column::{Newest, Number, Words},
    Empty, Load, Notice, Only, PageHead, Pager, Pill, RowName, Table, Time, count_of,
    data::Resource,
    paths,
};
use domain::{
    Deed,
    billing::{ReceiptRow, Receipts, ReceiptsQuery, ReceiptsShown},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Money that came in by bank transfer, newest first.
#[component]
pub fn ReceiptsPage() -> impl IntoView {
    let query = use_query_map();
    let view = Memo::new(move |_| {
        query.with(|query| ReceiptsQuery {
            show: query.get("show").and_then(|word| ReceiptsShown::from_word(&word)),
            after: query.get("after"),
        })
    });
    let page = Resource::new(
        move || view.get(),
        |view| async move { api::receipts(view.clone()).await.map(|page| (view, page)) },
    );
    view! {
        <PageHead title="Payments">
            <a class="button" href=paths::OFFICE_BEGUN>"Begun payments"</a>
            <Only may=Deed::RecordPayments>
                <a class="button" href=paths::RECEIPTS_IMPORT>"Import table"</a>
                <a class="button" data-kind="main" href=paths::RECORD>"Record money"</a>
            </Only>
        </PageHead>
        <Load from=page let:shown>
            <Page view=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(view: ReceiptsQuery, page: Receipts) -> impl IntoView {
    let show = view.show.unwrap_or(ReceiptsShown::All);
    let at = |after| paths::office_receipts(&ReceiptsQuery { after, ..view.clone() });
    let (first, next) = (view.after.is_some().then(|| at(None)), page.next.map(|after| at(Some(after))));
    let chip = |which: ReceiptsShown| {
        let address = paths::office_receipts(&ReceiptsQuery { show: Some(which), after: None });
        view! { <a class="chip" href=address aria-current=(which == show).then_some("true")>{which.label()}</a> }
    };
    let waits = (page.unassigned > 0 && show == ReceiptsShown::All).then(|| {
        let words = count_of(page.unassigned, "receipt waits", "receipts wait");
        view! { <Notice kind="warn">{format!("{words} for somebody to say whose the money is.")}</Notice> }
    });
    let rows = page.rows;
    view! {
        {waits}
        <div class="chips" role="group" aria-label="Quick filters">
            {ReceiptsShown::ALL.iter().copied().map(chip).collect_view()}
        </div>
        {if rows.is_empty() {
            let text = "Money that came in by bank transfer appears here when it is recorded.";
            view! { <Empty icon="bill" title="No receipts" text=text /> }.into_any()
        } else {
            view! { <Rows rows=rows /> }.into_any()
        }}
        <Pager first=first next=next />
    }
}

/// Where a receipt stands.
pub(super) fn standing(row: &ReceiptRow) -> (&'static str, &'static str) {
    match (&row.taken_back, &row.account) {
        (Some(_), _) => ("canceled", "Taken back"),
        (None, Some(_)) => ("paid", "Assigned"),
        (None, None) => ("pending", "Whose?"),
    }
}

#[component]
fn Rows(rows: Vec<ReceiptRow>) -> impl IntoView {
    let row = |row: ReceiptRow| {
        let (word, label) = standing(&row);
        let meant_for = row.payment.map(|number| number.to_string()).or(row.invoice.map(|number| number.to_string()));
        let whose = row.account.as_ref().map(|(_, name)| name.clone());
        view! {
            <tr>
                <td class="title">
                    <RowName name=row.amount.to_string() address=Some(paths::office_receipt(row.id)) />
                    <small><bdi>{row.text.clone()}</bdi></small>
                </td>
                <td><bdi>{whose}</bdi></td>
                <td>{meant_for}</td>
                <td class="num" data-side="start">{row.received_on.clone()}</td>
                <td class="state"><Pill word=word label=label /></td>
                <td class="num" data-side="end"><Time at=row.recorded /></td>
            </tr>
        }
    };
    view! {
        <Table
            name="Receipts"
            columns=&[Words("Amount"), Words("Account"), Words("For"), Number("Received on"), Words("State"), Newest("Recorded")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}
