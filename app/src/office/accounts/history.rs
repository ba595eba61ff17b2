//! What was done with and by an account (X1).

use crate::ui::{Empty, Load, Time, data::Resource, paths};
use domain::{accounts::AccountHistory, audit::HistoryEntry};
use leptos::prelude::*;

use super::{account_after, api, part::Part};

/// What was done with and by an account.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let at = account_after();
    let page = Resource::new(move || at.get(), |(id, after)| api::history(id, after));
    view! {
        <Load from=page let:page>
            <History page=page is_first=at.get_untracked().1.is_none() />
        </Load>
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
