//! A part of an account that is a list: the top of the page, the list, and the way through it.

use crate::ui::Pager;
use domain::{AccountId, accounts::AccountHead};
use leptos::prelude::*;

use super::top::AccountTop;

/// The page around a list.
#[component]
pub fn Part(
    /// The account.
    head: AccountHead,
    /// The address of the list from a place on.
    address: fn(AccountId, Option<&str>) -> String,
    /// Whether it is the first page.
    is_first: bool,
    /// Where the next page begins.
    next: Option<String>,
    children: Children,
) -> impl IntoView {
    let id = head.id;
    let first = (!is_first).then(|| address(id, None));
    let next = next.map(|next| address(id, Some(&next)));
    view! {
        <AccountTop head=head />
        {children()}
        <Pager first=first next=next />
    }
}
