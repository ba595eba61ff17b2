//! Invoices and credit notes as PDF, and the lists of money as tables.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{Deed, billing::InvoicesQuery};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::{
    Cx, billing,
    billing::invoices::{self, credit_file},
};

use super::{asker::Asker, lists::table, name::attached, office::place, refused};
use crate::pdf::{self, PdfError};

pub(super) async fn own_invoice(Asker { cx, .. }: Asker, Path(number): Path<String>) -> Response {
    invoice(&cx, Deed::SeeBilling, &number).await
}

pub(super) async fn any_invoice(Asker { cx, .. }: Asker, Path(number): Path<String>) -> Response {
    invoice(&cx, Deed::SeeInvoices, &number).await
}

pub(super) async fn own_credit_note(Asker { cx, .. }: Asker, Path(number): Path<String>) -> Response {
    credit_note(&cx, Deed::SeeBilling, &number).await
}

pub(super) async fn any_credit_note(Asker { cx, .. }: Asker, Path(number): Path<String>) -> Response {
    credit_note(&cx, Deed::SeeInvoices, &number).await
}

pub(super) async fn own_invoices(asker: Asker) -> Response {
    let (view, cx) = (InvoicesQuery::read(|name| asker.word(name)), asker.cx);
    let part = move |after: Option<String>| {
        let (cx, view) = (cx.clone(), InvoicesQuery { after: place(after), ..view });
        async move { invoices::export(&cx, &view).await }
    };
    table("invoices", invoices::COLUMNS, part).await
}

pub(super) async fn all_invoices(asker: Asker) -> Response {
    let (view, cx) = (InvoicesQuery::read(|name| asker.word(name)), asker.cx);
    let part = move |after: Option<String>| {
        let (cx, view) = (cx.clone(), InvoicesQuery { after: place(after), ..view });
        async move { invoices::export_all(&cx, &view).await }
    };
    table("invoices", invoices::OFFICE_COLUMNS, part).await
}

pub(super) async fn ledger(Asker { cx, .. }: Asker) -> Response {
    let part = move |after: Option<String>| {
        let cx = cx.clone();
        async move { billing::export_ledger(&cx, place(after)).await }
    };
    table("ledger", billing::LEDGER_COLUMNS, part).await
}

async fn invoice(cx: &Cx, deed: Deed, number: &str) -> Response {
    // What is no number is told the same as what is another's (A11).
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    match invoices::file(cx, deed, number).await {
        Ok((issued, paid_ahead, letterhead)) => {
            drawn(number.to_string(), move || pdf::invoice(&issued, paid_ahead, &letterhead)).await
        }
        Err(error) => refused(&error),
    }
}

async fn credit_note(cx: &Cx, deed: Deed, number: &str) -> Response {
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    match credit_file(cx, deed, number).await {
        Ok((note, issued, letterhead, reason)) => {
            drawn(number.to_string(), move || pdf::credit_note(&note, &issued, &letterhead, &reason)).await
        }
        Err(error) => refused(&error),
    }
}

/// Drawn beside the threads that answer: a long invoice takes a while.
async fn drawn(name: String, draw: impl FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static) -> Response {
    let error = match tokio::task::spawn_blocking(draw).await {
        Ok(Ok(file)) => {
            let kind = HeaderValue::from_static("application/pdf");
            return ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, attached(&name, "pdf"))], file).into_response();
        }
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(document = name, error, "a document cannot be drawn");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
