//! The whole audit log: newest first, filtered and paged, all in the address (X1).

use crate::shared::audit::api;
use crate::ui::{
    Column::{Newest, Words},
    Empty, Icon, Load, PageHead, Pager, Table, Time,
    data::Resource,
    paths,
};
use domain::audit::{AuditLog, AuditQuery, AuditRow, Change};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::filters::Filters;

/// The whole audit log, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let view = Memo::new(move |_| query.with(|query| AuditQuery::read(|name| query.get(name))));
    let page =
        Resource::new(move || view.get(), |view| async move { api::list(view.clone()).await.map(|log| (view, log)) });
    let last = StoredValue::new(None);
    view! {
        <Load from=page let:shown>
            <Shown view=shown.0 log=shown.1 last=last />
        </Load>
    }
}

#[component]
fn Shown(view: AuditQuery, log: AuditLog, last: StoredValue<Option<AuditQuery>>) -> impl IntoView {
    let at = |after| paths::audit(&AuditQuery { after, ..view.clone() });
    let first = view.after.is_some().then(|| at(None));
    let next = log.next.clone().map(|after| at(Some(after)));
    let export = paths::audit_export(&view);
    view! {
        <PageHead title="Audit">
            <a class="button" href=export download="" rel="external"><Icon name="download" />"Export CSV"</a>
        </PageHead>
        <Filters view=view.clone() account=log.account person=log.person last=last />
        {if log.rows.is_empty() {
            nothing().into_any()
        } else {
            view! { <Rows rows=log.rows view=view /> }.into_any()
        }}
        <Pager first=first next=next />
    }
}

fn nothing() -> impl IntoView {
    view! {
        <Empty icon="search" title="Nothing matches" text="Nothing of this was written down in this time.">
            <a class="button" href=paths::AUDIT>"Clear filters"</a>
        </Empty>
    }
}

#[component]
fn Rows(rows: Vec<AuditRow>, view: AuditQuery) -> impl IntoView {
    let all = AuditQuery { after: None, ..view };
    let row = move |row: AuditRow| view! { <Row row=row view=all.clone() /> };
    view! {
        <Table
            name="Audit log"
            columns=&[Words("What"), Words("Who"), Words("Account"), Words("Address"), Newest("When"), Words("Details")]
        >
            {rows.into_iter().map(row).collect_view()}
        </Table>
    }
}

/// What stands in a row leads to all of the same: the same person, the same account, the same thing.
#[component]
fn Row(row: AuditRow, view: AuditQuery) -> impl IntoView {
    let who = match row.contact {
        Some(id) => {
            let same = AuditQuery { contact: Some(id), who: String::new(), ..view.clone() };
            view! { <a href=paths::audit(&same)><bdi>{row.who}</bdi></a> }.into_any()
        }
        None => view! { <bdi>{row.who}</bdi> }.into_any(),
    };
    let account = row.account.map(|(id, name)| {
        let same = AuditQuery { account: Some(id), ..view.clone() };
        view! { <a href=paths::audit(&same)><bdi>{name}</bdi></a> }
    });
    let same = paths::audit(&AuditQuery { subject: row.subject.clone(), ..view });
    view! {
        <tr>
            <td class="title">{row.what.label()}</td>
            <td data-side="start">{who}</td>
            <td data-side="start">{account}</td>
            <td data-side="end"><bdi>{row.address}</bdi></td>
            <td class="num" data-side="end"><Time at=row.at exact=true /></td>
            <td>
                <details>
                    <summary class="button" data-kind="quiet" data-size="small">"Details"</summary>
                    <Changes changes=row.changes />
                    <dl class="facts">
                        <div><dt>"Subject"</dt><dd><a href=same><code>{row.subject}</code></a></dd></div>
                        <div><dt>"Request"</dt><dd><code>{row.request}</code></dd></div>
                    </dl>
                </details>
            </td>
        </tr>
    }
}

/// What was, and what is.
#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    let change = |change: Change| {
        let was = change.before.map(|before| view! { <del><bdi>{before}</bdi></del> " " });
        view! {
            <div>
                <dt>{change.name}</dt>
                <dd class="typed" dir="auto">{was} {change.after.map(|after| view! { <bdi>{after}</bdi> })}</dd>
            </div>
        }
    };
    (!changes.is_empty()).then(|| view! { <dl class="facts">{changes.into_iter().map(change).collect_view()}</dl> })
}
