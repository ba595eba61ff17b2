//! Files that people take home: the keys of an order as plain text, the lists as tables.

mod csv;

use std::{fmt::Write, sync::Arc};

use app::paths;
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use domain::{Actor, Deed, OrderId, customers::import::Column, orders::Executed};
use http::{
    Uri,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::{Cx, Error, Origin, Service, orders};

use crate::{Shared, turned_away};

/// Where they are.
pub fn routes() -> [(&'static str, MethodRouter<Shared>); 2] {
    [("/licenses/created/{order}/keys.txt", get(keys)), (paths::IMPORT_TEMPLATE, get(template))]
}

async fn keys(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
    Path(order): Path<String>,
    uri: Uri,
) -> Response {
    let Some(Extension(actor)) = actor else { return turned_away::sign_in(uri.path()) };
    // What is no id is told the same as what is another's (A11).
    let Ok(order) = order.parse::<OrderId>() else { return turned_away::by(&Error::NotFound) };
    match orders::executed(&Cx::new(service, actor, origin), order).await {
        Ok(executed) => file(&executed),
        Err(error) => turned_away::by(&error),
    }
}

/// The header of a table of customers, to be filled in.
async fn template(
    State(service): State<Arc<Service>>,
    actor: Option<Extension<Actor>>,
    Extension(origin): Extension<Origin>,
) -> Response {
    let Some(Extension(actor)) = actor else { return turned_away::sign_in(paths::IMPORT) };
    if let Err(error) = Cx::new(service, actor, origin).may(Deed::CreateCustomers) {
        return turned_away::by(&error);
    }
    let names: Vec<_> = Column::ALL.iter().map(|column| column.label()).collect();
    let mut table = csv::BEGIN.to_owned();
    csv::write(&mut table, &names);
    (csv::headers("customers-template"), table).into_response()
}

fn file(executed: &Executed) -> Response {
    let named = format!("attachment; filename=\"keys-{}.txt\"", executed.number);
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, named)];
    (headers, text(executed)).into_response()
}

/// A short header, an empty line, and the keys, one a line.
fn text(executed: &Executed) -> String {
    let mut text = format!("Order {}, {}\n", executed.number, executed.at.exact);
    if let Some(first) = executed.licenses.first() {
        // Writing to a string cannot fail.
        writeln!(text, "{}, {}", first.row.product, first.row.option).ok();
    }
    writeln!(text, "For {}\n", executed.user.name).ok();
    for license in &executed.licenses {
        text.push_str(&license.key.grouped());
        text.push('\n');
    }
    text
}
