//! The lists of the back office and of the team as tables: the whole filter that stands in the address.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    AccountId, Deed,
    accounts::AccountsQuery,
    applications::{ApplicationsQuery, State},
};
use http::StatusCode;
use service::{Cx, accounts as resellers, applications as queue, contacts as people, price_lists, products};

use super::{asker::Asker, lists::table, refused};

pub(super) async fn accounts(asker: Asker) -> Response {
    let (view, cx) = (AccountsQuery::read(|name| asker.word(name)), asker.cx);
    let part = move |after: Option<String>| {
        let (cx, view) = (cx.clone(), AccountsQuery { after: place(after), ..view.clone() });
        async move { resellers::export(&cx, &view).await }
    };
    table("accounts", resellers::COLUMNS, part).await
}

pub(super) async fn applications(asker: Asker) -> Response {
    let state = asker.word("state").and_then(|word| State::from_word(&word));
    let cx = asker.cx;
    let part = move |after: Option<String>| {
        let (cx, view) = (cx.clone(), ApplicationsQuery { state, after: place(after) });
        async move { queue::export(&cx, &view).await }
    };
    table("applications", queue::COLUMNS, part).await
}

pub(super) async fn products(Asker { cx, .. }: Asker) -> Response {
    let part = move |after: Option<String>| {
        let cx = cx.clone();
        async move { products::export(&cx, place(after)).await }
    };
    table("products", products::COLUMNS, part).await
}

pub(super) async fn price_lists(Asker { cx, .. }: Asker) -> Response {
    let part = move |after: Option<String>| {
        let cx = cx.clone();
        async move { price_lists::export(&cx, place(after)).await }
    };
    table("price-lists", price_lists::COLUMNS, part).await
}

/// The people of an account.
pub(super) async fn contacts(Asker { cx, .. }: Asker, Path(id): Path<String>) -> Response {
    match id.parse() {
        Ok(id) => of(cx, Deed::SeeAccounts, "contacts", Some(id)).await,
        // What is no id is told the same as what is another's (A11).
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The ledger of an account.
pub(super) async fn ledger(Asker { cx, .. }: Asker, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<AccountId>() else { return StatusCode::NOT_FOUND.into_response() };
    let part = move |after: Option<String>| {
        let cx = cx.clone();
        async move { resellers::ledger(&cx, id, place(after)).await }
    };
    table("ledger", resellers::LEDGER_COLUMNS, part).await
}

/// The operator's own people.
pub(super) async fn staff(Asker { cx, .. }: Asker) -> Response {
    of(cx, Deed::ManageStaff, "staff", None).await
}

/// The people of the own account.
pub(super) async fn team(Asker { cx, .. }: Asker) -> Response {
    of(cx, Deed::ManageTeam, "team", None).await
}

async fn of(cx: Cx, deed: Deed, name: &str, account: Option<AccountId>) -> Response {
    if let Err(error) = cx.may(deed) {
        return refused(&error);
    }
    let part = move |after: Option<String>| {
        let cx = cx.clone();
        async move { people::export(&cx, account, place(after)).await }
    };
    table(name, people::COLUMNS, part).await
}

/// Where a part begins, as the part before said.
pub(super) fn place<T: std::str::FromStr>(after: Option<String>) -> Option<T> {
    after.and_then(|after| after.parse().ok())
}
