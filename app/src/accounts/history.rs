//! What was done with and by an account (X1).

use domain::{accounts::AccountHistory, audit::HistoryEntry};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::{account_after, api, part::Part};
use crate::{
    Fault, paths,
    ui::{Empty, Load, Time},
};

/// The route.
#[derive(Debug)]
pub struct HistoryRoute {
    at: Memo<(String, Option<String>)>,
    page: Resource<Result<AccountHistory, Fault>>,
}

#[lazy_route]
impl LazyRoute for HistoryRoute {
    fn data() -> Self {
        let at = account_after();
        Self { at, page: Resource::new(move || at.get(), |(id, after)| api::history(id, after)) }
    }

    fn view(this: Self) -> AnyView {
        let HistoryRoute { at, page } = this;
        view! {
            <Load from=page let:page>
                <History page=page is_first=at.get_untracked().1.is_none() />
            </Load>
        }
        .into_any()
    }
}

#[component]
fn History(page: AccountHistory, is_first: bool) -> impl IntoView {
    let list = match page.entries.is_empty() {
        true => {
            view! { <Empty icon="clock" title="Nothing yet" text="What is done with this account appears here." /> }
                .into_any()
        }
        false => view! { <ol class="history">{page.entries.into_iter().map(entry).collect_view()}</ol> }.into_any(),
    };
    view! {
        <Part head=page.head address=paths::office_account_history is_first=is_first next=page.next>
            <section class="card" aria-labelledby="history">
                <h2 id="history">"History"</h2>
                {list}
            </section>
        </Part>
    }
}

fn entry(entry: HistoryEntry) -> impl IntoView {
    let who = (!entry.who.is_empty()).then(|| view! { " by " <bdi>{entry.who}</bdi> });
    view! {
        <li>
            <Time at=entry.at />
            <p>{entry.what.label()}{who}</p>
            {entry.detail.map(|detail| view! { <p class="hint" dir="auto">{detail}</p> })}
        </li>
    }
}
