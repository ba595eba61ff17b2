//! The audit log as a table: the whole filter of the address (X1).

use std::sync::Arc;

use axum::{Extension, extract::State, response::Response};
use domain::{Actor, audit::AuditQuery};
use futures::{Stream, stream::try_unfold};
use http::Uri;
use service::{
    Cx, Error, Origin, Service,
    audit::{Export, Exported},
};
use url::form_urlencoded;

use super::{csv, refused, signed_out};

pub(super) async fn export(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    uri: Uri,
) -> Response {
    let Some(Extension(actor)) = actor else { return signed_out(&uri) };
    let asked: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    let word = |name: &str| asked.iter().find(|(asked, _)| asked == name).map(|(_, word)| word.to_string());
    let today = service.clock.now().date_naive();
    match Export::begin(&Cx::new(service, actor, origin), &AuditQuery::read(word)).await {
        Ok(export) => csv::table(&format!("audit-{today}"), Export::COLUMNS, rows(export)),
        Err(error) => refused(&error),
    }
}

/// Read until there are no more.
fn rows(export: Export) -> impl Stream<Item = Result<Vec<Exported>, Error>> {
    try_unfold(export, async |mut export| {
        let rows = export.next().await?;
        Ok((!rows.is_empty()).then_some((rows, export)))
    })
}
