//! What there is to read about a person.

use crate::ui::{Fact, Facts as List, Time};
use domain::contacts::ContactPage;
use leptos::prelude::*;

use super::rows::roles_words;

/// The details, for those who do not change them.
#[component]
pub fn Facts(
    /// The person.
    page: ContactPage,
) -> impl IntoView {
    let roles = roles_words(&page.row);
    let row = page.row;
    let seen = match page.first_signed_in {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="details">
            <h2 id="details">"Details"</h2>
            <List>
                <Fact name="Name"><bdi>{row.name}</bdi></Fact>
                <Fact name="E-mail"><bdi>{row.email}</bdi></Fact>
                {page.phone.map(|phone| view! { <Fact name="Phone"><bdi>{phone}</bdi></Fact> })}
                {row.job_title.map(|title| view! { <Fact name="Job title"><bdi>{title}</bdi></Fact> })}
                {row.state.map(|_| view! { <Fact name="Username"><bdi>{page.username}</bdi></Fact> })}
                {(!roles.is_empty()).then(|| view! { <Fact name="Roles">{roles}</Fact> })}
                <Fact name="First signed in">{seen}</Fact>
            </List>
        </section>
    }
}

/// What was done, newest first.
#[component]
pub fn History(
    /// The person.
    page: ContactPage,
) -> impl IntoView {
    let entry = |entry: domain::audit::HistoryEntry| {
        let detail = entry.detail.map(|detail| view! { <p class="hint"><bdi>{detail}</bdi></p> });
        view! {
            <li>
                <Time at=entry.at exact=true />
                <p>{entry.what.label()} " by " <bdi>{entry.who}</bdi></p>
                {detail}
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history">"History"</h2>
            <ol class="history">{page.history.into_iter().map(entry).collect_view()}</ol>
        </section>
    }
}
