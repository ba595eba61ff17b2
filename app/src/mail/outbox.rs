//! The page of the outbox: what was written, what waits, what could not be sent and why.

use domain::mail::{MailRow, Outbox};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

use super::api;
use crate::{
    Fault, paths,
    ui::{Empty, Load, PageHead, Pager, Pill, Time, count_of},
};

/// The route: the data is asked for while the program of the page is on its way.
#[derive(Debug)]
pub struct MailRoute {
    after: Memo<Option<String>>,
    outbox: Resource<Result<Outbox, Fault>>,
}

#[lazy_route]
impl LazyRoute for MailRoute {
    fn data() -> Self {
        let query = use_query_map();
        let after = Memo::new(move |_| query.with(|query| query.get("after")));
        Self { after, outbox: Resource::new(move || after.get(), api::outbox) }
    }

    fn view(this: Self) -> AnyView {
        let MailRoute { after, outbox } = this;
        view! {
            <PageHead title="Mail" />
            <Load from=outbox let:page>
                <Page page=page is_first=after.get_untracked().is_none() />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn Page(page: Outbox, is_first: bool) -> impl IntoView {
    if page.rows.is_empty() && is_first {
        let text = "Invitations and license details appear here as soon as they are written.";
        return view! { <Empty icon="mail" title="No mail yet" text=text /> }.into_any();
    }
    let next = page.next.map(|next| paths::mail(&next));
    view! {
        <div class="list">
            <table>
                <caption class="visually-hidden">"Mails"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Subject"</th>
                        <th scope="col">"To"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="num">
                            "Written"
                        </th>
                        <th scope="col">"Text"</th>
                    </tr>
                </thead>
                <tbody>{page.rows.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}</tbody>
            </table>
        </div>
        <Pager first=(!is_first).then(|| paths::MAIL.to_owned()) next=next />
    }
    .into_any()
}

#[component]
fn Row(row: MailRow) -> impl IntoView {
    let tries = (row.attempts > 0).then(|| format!("Tried {}.", count_of(row.attempts, "time", "times")));
    let trouble = row.error.map(|error| view! { <small>{tries} " " <bdi>{error}</bdi></small> });
    view! {
        <tr>
            <td class="title">
                <bdi>{row.subject}</bdi>
                {trouble}
            </td>
            <td data-side="start">
                <bdi>{row.recipient}</bdi>
            </td>
            <td class="state">
                <Pill word=row.state.word() label=row.state.label() />
            </td>
            <td class="num" data-side="end">
                <Time at=row.created />
            </td>
            <td>{row.text.map(|text| view! { <Text text=text /> })}</td>
        </tr>
    }
}

/// The text, as long as it is kept.
#[component]
fn Text(text: String) -> impl IntoView {
    view! {
        <details>
            <summary class="button" data-kind="quiet" data-size="small">
                "Text"
            </summary>
            <pre class="mail-text" dir="auto">
                {text}
            </pre>
        </details>
    }
}
