//! The keys of an order as plain text.

use std::{fmt::Write, sync::Arc};

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{Actor, OrderId, licenses::KeyGroup, orders::Executed};
use http::{
    HeaderValue, StatusCode, Uri,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::{Cx, Origin, Service, orders};

use super::{name::attached, refused, signed_out};

pub(super) async fn keys(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    Path(order): Path<String>,
    uri: Uri,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return signed_out(&uri);
    };
    // What is no id is told the same as what is another's (A11).
    let Ok(order) = order.parse::<OrderId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match orders::executed(&Cx::new(service, actor, origin), order).await {
        Ok(executed) => file(&executed),
        Err(error) => refused(&error),
    }
}

fn file(executed: &Executed) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let named = attached(&format!("keys-{}", executed.number), "txt");
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, named)];
    (headers, text(executed)).into_response()
}

/// Whose order it is; then, for each product, option and end, what it is and its keys, one a line. Keys of no use stand last.
fn text(executed: &Executed) -> String {
    let mut text = format!("Order {}, {}\nFor {}\n", executed.number, executed.at.exact, executed.user.name);
    let mut groups = KeyGroup::of(&executed.licenses);
    // What the customer reads is said where it tells keys apart.
    KeyGroup::take_common_details(&mut groups);
    for group in groups {
        // Writing to a string cannot fail.
        writeln!(text, "\n{}", group.text()).ok();
    }
    text
}
