//! The parts of an account, each at an address of its own.

use crate::ui::paths;
use domain::{AccountId, orders::OrdersQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The ways to the parts of an account; the one that is open says so.
#[component]
pub fn AccountTabs(
    /// The account.
    id: AccountId,
) -> impl IntoView {
    let path = use_location().pathname;
    let tab = move |(name, address): (&'static str, String)| {
        let this = address.clone();
        let current = move || path.with(|path| *path == this).then_some("page");
        view! {
            <a href=address aria-current=current>
                {name}
            </a>
        }
    };
    let tabs = [
        ("Details", paths::office_account(id)),
        ("Contacts", paths::office_account_contacts(id)),
        ("Price list", paths::office_account_price_list(id)),
        ("Customers", paths::office_account_customers(id, None)),
        ("Licenses", paths::office_account_licenses(id, None)),
        ("Orders", paths::office_account_orders(id, &OrdersQuery::default())),
        ("Billing", paths::office_account_billing(id)),
        ("History", paths::office_account_history(id, None)),
    ];
    view! {
        <nav class="segments" aria-label="Parts of the account">
            {tabs.map(tab).into_iter().collect_view()}
        </nav>
    }
}
