//! The end of a month as a table: of the own account, and in the back office of one reseller and of all.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    AccountId,
    billing::{MonthEnd, MonthQuery},
};
use http::StatusCode;
use service::billing::month;

use super::{asker::Asker, lists::table};

pub(super) async fn own(asker: Asker) -> Response {
    let view = MonthQuery::read(|name| asker.word(name));
    let part = move |_| {
        let (cx, view) = (asker.cx.clone(), view.clone());
        async move { month::of_own(&cx, &view).await }
    };
    table("month", MonthEnd::COLUMNS, part).await
}

pub(super) async fn one(asker: Asker, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<AccountId>() else { return StatusCode::NOT_FOUND.into_response() };
    let view = MonthQuery::read(|name| asker.word(name));
    let part = move |_| {
        let (cx, view) = (asker.cx.clone(), view.clone());
        async move { month::of_any(&cx, id, &view).await }
    };
    table("month", MonthEnd::COLUMNS, part).await
}

pub(super) async fn all(asker: Asker) -> Response {
    let view = MonthQuery::read(|name| asker.word(name));
    let part = move |after: Option<String>| {
        let after = after.and_then(|after| after.parse().ok());
        let (cx, view) = (asker.cx.clone(), MonthQuery { after, ..view.clone() });
        async move { month::all(&cx, &view).await }
    };
    table("months", month::ALL_COLUMNS, part).await
}
