//! A customer's own licenses, each with its key.

use crate::ui::{Empty, Fact, Facts, Key, Load, PageHead, Pager, Pill, Time, data::Resource, name_and, paths};
use domain::licenses::{CustomerRow, Type};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api;

/// The home of a customer.
#[component]
pub fn MinePage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after")));
    let page = Resource::new(move || after.get(), api::mine);
    view! {
        <PageHead title="Your licenses" />
        <Load from=page let(page)>
            {
                let (rows, next) = page;
                let first = after.get_untracked().map(|_| paths::LICENSES.to_owned());
                let next = next.map(|next| paths::licenses_after(&next));
                if rows.is_empty() && first.is_none() {
                    none_yet().into_any()
                } else {
                    view! {
                        <div class="stack">
                            {rows.into_iter().map(|row| view! { <License row=row /> }).collect_view()}
                        </div>
                        <Pager first=first next=next />
                    }
                        .into_any()
                }
            }
        </Load>
    }
}

fn none_yet() -> impl IntoView {
    view! {
        <Empty
            icon="key"
            title="No licenses yet"
            text="As soon as your reseller has created a license for you, its key stands here."
        />
    }
}

#[component]
fn License(row: CustomerRow) -> impl IntoView {
    let (name_id, key_id) = (format!("name-{}", row.id), format!("key-{}", row.id));
    let ends = row.valid_until.map(|at| view! { <Fact name="Valid until"><Time at=at /></Fact> });
    let updates = row.updates_until.map(|at| view! { <Fact name="Updates until"><Time at=at /></Fact> });
    let for_good = ends.is_none() && row.license_type == Type::Permanent;
    view! {
        <article class="license" aria-labelledby=name_id>
            <div class="license-head">
                <h2 id=name_id.clone()>
                    <a href=paths::license(row.id)>{row.product}</a>
                </h2>
                <Pill word=row.state.word() label=row.state.label() />
            </div>
            <div class="keys">
                <div>
                    <Key key=row.key id=key_id />
                </div>
            </div>
            <Facts>
                <Fact name="License">{name_and(&row.option, row.license_type.label())}</Fact>
                {for_good.then(|| view! { <Fact name="Valid until">"for good"</Fact> })}
                {ends}
                {updates}
            </Facts>
        </article>
    }
}
