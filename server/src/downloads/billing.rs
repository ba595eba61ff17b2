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
};

use super::{
    asker::Asker,
    desk::{Desk, Seat},
    lists::table,
    name::attached,
    office::place,
    refused,
};
use crate::pdf::{self, PdfError};

type Drawing = State<Desk>;

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

async fn invoice(cx: &Cx, desk: &Desk, deed: Deed, number: &str) -> Response {
    // What is no number is told the same as what is another's (A11).
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let seat = match desk.queue_up(&cx.actor) {
        Ok(seat) => seat,
        Err(busy) => return refused(&busy),
    };
    match invoices::file(cx, deed, number).await {
        Ok((issued, paid_ahead, letterhead)) => {
            let draw = move || pdf::invoice(&issued, paid_ahead, &letterhead);
            drawn(desk, seat, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

async fn credit_note(cx: &Cx, desk: &Desk, deed: Deed, number: &str) -> Response {
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let seat = match desk.queue_up(&cx.actor) {
        Ok(seat) => seat,
        Err(busy) => return refused(&busy),
    };
    match credit_file(cx, deed, number).await {
        Ok((note, issued, letterhead, reason)) => {
            let draw = move || pdf::credit_note(&note, &issued, &letterhead, &reason);
            drawn(desk, seat, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

async fn drawn(
    desk: &Desk,
    seat: Seat,
    name: String,
    draw: impl FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static,
) -> Response {
    let error = match desk.run(seat, draw).await {
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
    async fn r8_who_has_no_place_for_a_document_is_asked_to_come_again() {
        let world = World::new().await;
        let acme = world.reseller("acme").await;
        let desk = Desk::default();
        let mut taken = Vec::new();
        while let Ok(seat) = desk.queue_up(&acme.actor) {
            taken.push(seat);
        }
        let away = [
            invoice(&acme, &desk, Deed::SeeBilling, "INV-000001").await,
            credit_note(&acme, &desk, Deed::SeeBilling, "CN-000001").await,
        ];
        for answer in away {
            let after = answer.headers().get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok());
            assert_eq!((answer.status().as_u16(), after), (503, Some("5")));
        }
        drop(taken);
        let there_is_none = invoice(&acme, &desk, Deed::SeeBilling, "INV-000001").await;
        assert_eq!(there_is_none.status(), StatusCode::NOT_FOUND);
        let seat = desk.queue_up(&acme.actor).expect("its place is free again");
        let file = drawn(&desk, seat, "INV-000001".to_owned(), || Ok(b"%PDF".to_vec())).await;
        assert_eq!(file.status(), StatusCode::OK);
    }
}
