//! Credit notes as PDF (B5): for the account that they are of, and for staff.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{accounts::Kind, billing::CreditNoteNumber};
use http::{
    StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::billing::credit_notes::{self, Printed};

use super::{asker::Asker, refused};
use crate::pdf;

/// One of the own account.
pub(super) async fn own(asker: Asker, Path(file): Path<String>) -> Response {
    of(asker, &file, false).await
}

/// One of any account.
pub(super) async fn any(asker: Asker, Path(file): Path<String>) -> Response {
    of(asker, &file, true).await
}

async fn of(asker: Asker, file: &str, staff: bool) -> Response {
    let number = file.strip_suffix(".pdf").and_then(|number| number.parse::<CreditNoteNumber>().ok());
    let here = staff == (asker.cx.actor.side == Kind::Operator);
    let Some(number) = number.filter(|_| here) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match credit_notes::printed(&asker.cx, number).await {
        Ok(printed) => sent(number, printed).await,
        Err(error) => refused(&error),
    }
}

/// Written beside what waits for answers: it takes a while.
async fn sent(number: CreditNoteNumber, printed: Printed) -> Response {
    let write = move || pdf::credit_note(&printed.note, &printed.invoice, &printed.letterhead);
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(bytes)) => {
            let named = format!("inline; filename=\"{number}.pdf\"");
            ([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, named)], bytes).into_response()
        }
        Ok(Err(error)) => {
            tracing::error!(%error, credit_note = %number, "a credit note cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => {
            tracing::error!(%error, credit_note = %number, "a credit note was not written to its end");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
