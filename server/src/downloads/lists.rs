//! Lists as tables: the whole filter that stands in the address (L14).

use std::sync::Arc;

use app::paths;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Actor, Deed,
    customers::{CustomersQuery, import::Column},
    licenses::LicensesQuery,
};
use futures::stream::{empty, once, try_unfold};
use futures::{StreamExt, future::ready};
use http::Uri;
use service::{Cx, Error, Origin, Service, customers as people, export::Part, licenses as keys};
use url::form_urlencoded;

use super::{csv, refused, signed_out};

pub(super) async fn licenses(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    uri: Uri,
) -> Response {
    let Some(Extension(actor)) = actor else { return signed_out(&uri) };
    let (cx, view) = (Cx::new(service, actor, origin), LicensesQuery::read(|name| asked(&uri, name)));
    let part = move |after| {
        let (cx, view) = (cx.clone(), LicensesQuery { after, ..view.clone() });
        async move { keys::export(&cx, &view).await }
    };
    table("licenses", keys::COLUMNS, part).await
}

pub(super) async fn customers(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    uri: Uri,
) -> Response {
    let Some(Extension(actor)) = actor else { return signed_out(&uri) };
    let (cx, q) = (Cx::new(service, actor, origin), asked(&uri, "q").unwrap_or_default());
    let part = move |after: Option<String>| {
        let view = CustomersQuery { q: q.clone(), after: after.and_then(|after| after.parse().ok()) };
        let cx = cx.clone();
        async move { people::export(&cx, &view).await }
    };
    table("customers", people::COLUMNS, part).await
}

/// The header of a table of customers, to be filled in.
pub(super) async fn template(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return Redirect::to(&paths::login_then(paths::IMPORT)).into_response();
    };
    if let Err(error) = Cx::new(service, actor, origin).may(Deed::CreateCustomers) {
        return refused(&error);
    }
    let columns: [_; Column::ALL.len()] = std::array::from_fn(|at| Column::ALL[at].label());
    csv::table("customers-template", columns, empty())
}

fn asked(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

/// The first part is read before anything is answered, so that whoever may not see it is told so; each
/// further one when the browser has taken the one before.
pub(super) async fn table<const N: usize, P, F>(name: &str, columns: [&str; N], part: P) -> Response
where
    P: Fn(Option<String>) -> F + Send + 'static,
    F: Future<Output = Result<Part<N>, Error>> + Send,
{
    let first = match part(None).await {
        Ok(first) => first,
        Err(error) => return refused(&error),
    };
    let rest = try_unfold((first.next, part), |(next, part)| async move {
        let Some(after) = next else { return Ok(None) };
        let more = part(Some(after)).await?;
        Ok(Some((more.rows, (more.next, part))))
    });
    csv::table(name, columns, once(ready(Ok(first.rows))).chain(rest))
}
