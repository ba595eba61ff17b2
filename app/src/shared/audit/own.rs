//! What was done in the own account, for its admins (X1).

use crate::ui::{
    Column::{Number, Words},
    Empty, Load, PageHead, Pager, Table, Time,
    data::Resource,
    paths,
};
use domain::audit::{OwnEntry, OwnHistory};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api;

/// The history of the own account, newest first.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let page = Resource::new(
        move || after.get(),
        |after| async move { api::own(after.clone()).await.map(|page| (after.is_none(), page)) },
    );
    view! {
        <PageHead title="History" crumb=(paths::ACCOUNT.to_owned(), "Account".to_owned()) />
        <Load from=page let:shown>
            <Page is_first=shown.0 page=shown.1 />
        </Load>
    }
}

#[component]
fn Page(is_first: bool, page: OwnHistory) -> impl IntoView {
    if page.rows.is_empty() {
        let text = "What is done in your account appears here: who did it, when, and from where.";
        return view! { <Empty icon="clock" title="Nothing here" text=text /> }.into_any();
    }
    let next = page.next.map(|next| paths::history_after(&next));
    view! {
        <Table name="History" columns=&[Words("What"), Words("Who"), Words("Address"), Number("When")]>
            {page.rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
        </Table>
        <Pager first=(!is_first).then(|| paths::HISTORY.to_owned()) next=next />
    }
    .into_any()
}

#[component]
fn Row(row: OwnEntry) -> impl IntoView {
    view! {
        <tr>
            <td class="title">
                {row.what.label()}
                {row.detail.map(|detail| view! { <small>{detail}</small> })}
            </td>
            <td data-side="start"><bdi>{row.who}</bdi></td>
            <td data-side="start"><bdi>{row.address}</bdi></td>
            <td class="num" data-side="end"><Time at=row.at exact=true /></td>
        </tr>
    }
}
