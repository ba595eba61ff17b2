//! Invoices and credit notes as PDF, and the lists of money as tables.

use axum::{
    extract::{Path, State},
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
    queue::{Queue, Queued},
};

use super::{asker::Asker, lists::table, name::attached, office::place, refused};
use crate::pdf::{self, PdfError};

/// How many documents are drawn at once: with as many passwords that are hashed, all that takes a core for long.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 8;

/// The places of those who wait for a document.
pub fn drawing() -> Queue {
    Queue::new(AT_ONCE, WAITING)
}

type Drawing = State<Queue>;

pub(super) async fn own_invoice(asker: Asker, drawing: Drawing, Path(number): Path<String>) -> Response {
    invoice(&asker.cx, &drawing, Deed::SeeBilling, &number).await
}

pub(super) async fn any_invoice(asker: Asker, drawing: Drawing, Path(number): Path<String>) -> Response {
    invoice(&asker.cx, &drawing, Deed::SeeInvoices, &number).await
}

pub(super) async fn own_credit_note(asker: Asker, drawing: Drawing, Path(number): Path<String>) -> Response {
    credit_note(&asker.cx, &drawing, Deed::SeeBilling, &number).await
}

pub(super) async fn any_credit_note(asker: Asker, drawing: Drawing, Path(number): Path<String>) -> Response {
    credit_note(&asker.cx, &drawing, Deed::SeeInvoices, &number).await
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

async fn invoice(cx: &Cx, drawing: &Queue, deed: Deed, number: &str) -> Response {
    // What is no number is told the same as what is another's (A11).
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let queued = match drawing.queue_up() {
        Ok(queued) => queued,
        Err(busy) => return refused(&busy),
    };
    match invoices::file(cx, deed, number).await {
        Ok((issued, paid_ahead, letterhead)) => {
            let draw = move || pdf::invoice(&issued, paid_ahead, &letterhead);
            drawn(drawing, queued, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

async fn credit_note(cx: &Cx, drawing: &Queue, deed: Deed, number: &str) -> Response {
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let queued = match drawing.queue_up() {
        Ok(queued) => queued,
        Err(busy) => return refused(&busy),
    };
    match credit_file(cx, deed, number).await {
        Ok((note, issued, letterhead, reason)) => {
            let draw = move || pdf::credit_note(&note, &issued, &letterhead, &reason);
            drawn(drawing, queued, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

/// Drawn beside the threads that answer, when its turn comes: a long invoice takes a while.
async fn drawn(
    drawing: &Queue,
    queued: Queued,
    name: String,
    draw: impl FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static,
) -> Response {
    let error = match drawing.run(queued, draw).await {
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

#[cfg(test)]
mod tests {
    use http::header::RETRY_AFTER;
    use service::testing::World;

    use super::*;

    #[tokio::test]
    async fn r8_two_documents_are_drawn_at_once_eight_wait_and_the_next_is_asked_to_come_again() {
        let world = World::new().await;
        let acme = world.reseller("acme").await;
        let places = drawing();
        let taken: Vec<_> = (0..AT_ONCE + WAITING).map(|_| places.queue_up().expect("room")).collect();
        let away = [
            invoice(&acme, &places, Deed::SeeBilling, "INV-000001").await,
            credit_note(&acme, &places, Deed::SeeBilling, "CN-000001").await,
        ];
        for answer in away {
            let after = answer.headers().get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok());
            assert_eq!((answer.status().as_u16(), after), (503, Some("5")));
        }
        drop(taken);
        let there_is_none = invoice(&acme, &places, Deed::SeeBilling, "INV-000001").await;
        assert_eq!(there_is_none.status(), StatusCode::NOT_FOUND);
        let queued = places.queue_up().expect("its place is free again");
        let file = drawn(&places, queued, "INV-000001".to_owned(), || Ok(b"%PDF".to_vec())).await;
        assert_eq!(file.status(), StatusCode::OK);
    }
}
