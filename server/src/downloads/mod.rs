//! Files that people take home: the keys of an order, invoices, and lists as tables.

mod asker;
mod audit;
mod billing;
mod csv;
mod desk;
mod keys;
mod lists;
mod month;
mod name;
mod office;
pub mod taken;

pub use desk::Desk;

use app::{Fault, paths};
use axum::{
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use domain::actor::Due;
use http::{StatusCode, Uri};
use service::Error;

use crate::{Shared, layers::words};

/// Where they are.
pub fn routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        ("/licenses/created/{order}/keys.txt", get(keys::keys)),
        (paths::LICENSES_CSV, get(lists::licenses)),
        (paths::CUSTOMERS_CSV, get(lists::customers)),
        (paths::IMPORT_TEMPLATE, get(lists::template)),
        (paths::AUDIT_EXPORT, get(audit::export)),
        (paths::ACCOUNTS_CSV, get(office::accounts)),
        (paths::APPLICATIONS_CSV, get(office::applications)),
        (paths::PRODUCTS_CSV, get(office::products)),
        (paths::PRICE_LISTS_CSV, get(office::price_lists)),
        ("/office/accounts/{id}/contacts.csv", get(office::contacts)),
        ("/office/accounts/{id}/ledger.csv", get(office::ledger)),
        (paths::STAFF_CSV, get(office::staff)),
        (paths::TEAM_CSV, get(office::team)),
        (paths::MONTH_END_CSV, get(month::own)),
        (paths::OFFICE_MONTH_END_CSV, get(month::all)),
        ("/office/accounts/{id}/month.csv", get(month::one)),
        (paths::INVOICE_PDF, get(billing::own_invoice)),
        (paths::CREDIT_NOTE_PDF, get(billing::own_credit_note)),
        (paths::INVOICES_CSV, get(billing::own_invoices)),
        (paths::LEDGER_CSV, get(billing::ledger)),
        (paths::OFFICE_INVOICE_PDF, get(billing::any_invoice)),
        (paths::OFFICE_CREDIT_NOTE_PDF, get(billing::any_credit_note)),
        (paths::OFFICE_INVOICES_CSV, get(billing::all_invoices)),
    ]
}

/// Whoever is signed out signs in first, and comes back.
fn signed_out(uri: &Uri) -> Response {
    let here = uri.path_and_query().map_or_else(|| uri.path(), |whole| whole.as_str());
    Redirect::to(&paths::login_then(here)).into_response()
}

/// Why there is no file.
pub fn refused(error: &Error) -> Response {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND.into_response(),
        // There is nothing to do first that would open this file: it is said why (V12).
        Error::Due(Due::Debt) => words::denied(&Fault::Due(Due::Debt)),
        Error::Due(due) => Redirect::to(paths::due(*due)).into_response(),
        Error::TooMany { seconds } => words::denied(&Fault::TooMany { seconds: *seconds }),
        Error::Busy { seconds } => words::denied(&Fault::Busy { seconds: *seconds }),
        Error::Store(error) if error.is_for_now() => {
            tracing::error!(%error, "a file cannot be made now");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        error => {
            tracing::error!(%error, "a file cannot be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use http::header::RETRY_AFTER;

    use super::*;

    #[test]
    fn r9_a_file_that_cannot_be_made_now_can_be_had_later() {
        let away = refused(&Error::Store(store::Error::Behind { done: 1, all: 2 }));
        // When to try again, the layer of the headers says.
        assert_eq!((away.status().as_u16(), away.headers().get(RETRY_AFTER)), (503, None));
        for (error, status) in [(Error::Busy { seconds: 7 }, 503), (Error::TooMany { seconds: 7 }, 429)] {
            let later = refused(&error);
            let after = later.headers().get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok());
            assert_eq!((later.status().as_u16(), after), (status, Some("7")));
        }
        assert_eq!(refused(&Error::Internal("a bug".to_owned())).status().as_u16(), 500);
    }
}
