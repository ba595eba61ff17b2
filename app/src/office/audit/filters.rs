//! Which part of the log is shown. Without script the form asks for the same address by itself.

use crate::ui::{Field, Select, follow_view, paths, typed_in};
use chrono::NaiveDate;
use domain::audit::{AuditQuery, What};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// The filters; folded away while none is set.
#[component]
pub fn Filters(
    /// What is shown.
    view: AuditQuery,
    /// The account whose history is shown, by name.
    account: Option<String>,
    /// The person whose deeds are shown, by name.
    person: Option<String>,
    /// What was shown before.
    last: StoredValue<Option<AuditQuery>>,
) -> impl IntoView {
    let form = NodeRef::new();
    follow_view(form, AuditQuery { after: None, ..view.clone() }, last);
    let navigate = use_navigate();
    let find = move |event: SubmitEvent| {
        event.prevent_default();
        let view = AuditQuery::read(|name| typed_in(&event, name));
        navigate(&paths::audit(&AuditQuery { after: None, ..view }), Default::default());
    };
    let count = view.filters();
    let chosen = |id: String, name: Option<String>| {
        vec![(String::new(), "Any".to_owned()), (id, name.unwrap_or_else(|| "Unknown".to_owned()))]
    };
    let by = match view.contact.map(|id| id.to_string()) {
        Some(id) => {
            view! { <Select name="contact" label="Who" options=chosen(id.clone(), person) value=id /> }.into_any()
        }
        None => view! { <Field name="who" label="Who" value=view.who hint="Username or e-mail address." /> }.into_any(),
    };
    let of = view.account.map(|id| id.to_string()).map(|id| {
        view! { <Select name="account" label="Account" options=chosen(id.clone(), account) value=id /> }
    });
    let deeds = What::ALL.iter().map(|what| (what.word().to_owned(), what.label().to_owned()));
    let deeds = std::iter::once((String::new(), "Anything".to_owned())).chain(deeds).collect::<Vec<_>>();
    let what = view.what.map(What::word).unwrap_or_default();
    view! {
        <form node_ref=form class="filters" role="search" aria-label="Audit log" action=paths::AUDIT on:submit=find>
            <details class="more" open={count > 0}>
                <summary>"Filters " {(count > 0).then(|| view! { <span class="count">{count}</span> })}</summary>
                <div class="more-panel">
                    {by}
                    {of}
                    <Select name="what" label="What" options=deeds value=what />
                    <Field name="subject" label="Subject" value=view.subject hint="The id of a thing." />
                    <Field name="from" label="From" kind="date" value=day(view.from) />
                    <Field name="to" label="To" kind="date" value=day(view.to) />
                    <div class="actions" data-fit>
                        <button class="button" data-kind="main">"Apply"</button>
                        <a class="button" data-kind="quiet" href=paths::AUDIT>"Clear filters"</a>
                    </div>
                </div>
            </details>
        </form>
    }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
