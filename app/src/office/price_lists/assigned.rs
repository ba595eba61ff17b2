//! The accounts that a price list is assigned to, each with what it sees.

use crate::ui::{Pager, count_of, paths};
use domain::price_lists::{AssignedTo, PriceListPage};
use leptos::prelude::*;

/// Twenty at a time.
#[component]
pub fn Assigned(
    /// The price list.
    page: PriceListPage,
    /// These are the first ones.
    is_first: bool,
) -> impl IntoView {
    let count = match page.accounts {
        0 => "Assigned to no account yet: that is done on the page of the account.".to_owned(),
        1_000.. => "Assigned to 1,000 accounts or more.".to_owned(),
        some => format!("Assigned to {}.", count_of(some, "account", "accounts")),
    };
    let list = page.id;
    let next = page.more_assigned.map(|after| paths::price_list_accounts(list, after));
    view! {
        <section class="card" aria-labelledby="accounts">
            <h2 id="accounts">"Accounts"</h2>
            <p>{count}</p>
            <ul class="rows">{page.assigned.into_iter().map(row).collect_view()}</ul>
            <Pager first=(!is_first).then(|| paths::price_list(list)) next=next />
        </section>
    }
}

fn row(account: AssignedTo) -> impl IntoView {
    let id = format!("account-{}", account.id);
    view! {
        <li>
            <div>
                <strong id=id.clone()>
                    <bdi>{account.name}</bdi>
                </strong>
            </div>
            <a class="button" data-kind="quiet" href=paths::seen_as(account.id) aria-describedby=id>
                "Seen as"
            </a>
        </li>
    }
}
