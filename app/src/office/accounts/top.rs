//! The top of each page of an account: its name, what is missing before it can order, and its parts.

use crate::shared::accounts::AccountTabs;
use crate::ui::{Notice, PageHead, Pill, Time, paths};
use domain::{
    AccountId,
    accounts::{AccountHead, Missing},
};
use leptos::prelude::*;

/// The top of the page.
#[component]
pub fn AccountTop(
    /// What stands there.
    head: AccountHead,
) -> impl IntoView {
    let AccountHead { id, name, created, suspended, missing, .. } = head;
    let pill = match (suspended.is_some(), missing.is_empty()) {
        (true, _) => view! { <Pill word="suspended" label="Suspended" /> },
        (false, true) => view! { <Pill word="active" label="Ready" /> },
        (false, false) => view! { <Pill word="activation" label="Not ready" /> },
    };
    let lede = view! { {pill}" "<span>"added "<Time at=created /></span> };
    let crumb = (paths::ACCOUNTS.to_owned(), "Accounts".to_owned());
    view! {
        <PageHead title=name typed=true crumb=crumb lede=lede.into_any() />
        {suspended.map(|(at, reason)| view! {
            <Notice kind="bad">
                <strong>"Suspended since "<Time at=at />". "</strong>
                <bdi>{reason}</bdi>
            </Notice>
        })}
        <Checklist id=id missing=missing />
        <AccountTabs id=id />
    }
}

/// What is to be done before the account can order (A2), each with the way there.
#[component]
fn Checklist(id: AccountId, missing: Vec<Missing>) -> impl IntoView {
    let step = move |missing: Missing| {
        view! { <li><a href=way(id, missing)>{missing.to_do()}</a></li> }
    };
    (!missing.is_empty()).then(|| {
        view! {
            <Notice kind="warn">
                <strong>"Before this account can order"</strong>
                <ul>{missing.into_iter().map(step).collect_view()}</ul>
            </Notice>
        }
    })
}

fn way(id: AccountId, missing: Missing) -> String {
    match missing {
        Missing::Ordering => format!("{}#ordering", paths::office_account(id)),
        Missing::Reselling => format!("{}#reselling", paths::office_account(id)),
        Missing::PriceList => paths::office_account_price_list(id),
        Missing::StorefrontUser => paths::office_account_contacts(id),
        Missing::Reactivation => format!("{}#suspension", paths::office_account(id)),
    }
}
