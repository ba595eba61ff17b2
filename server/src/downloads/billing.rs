//! Invoices and credit notes as PDF, and the lists of money as tables.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{AccountId, Deed, billing::InvoicesQuery};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use service::{
    AGAIN_SECONDS, Cx, Error, billing,
    billing::invoices::{self, credit_file},
    queue::{Queue, Queued},
};

use super::{asker::Asker, lists::table, name::attached, office::place, refused};
use crate::{
    at_once::{AtOnce, Most, Place},
    pdf::{self, PdfError},
};

/// How many documents are drawn at once: with as many passwords that are hashed, all that takes a core for long.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 8;

/// How many places people of one account have: nobody keeps all others from their documents.
const OF_ONE_ACCOUNT: usize = 3;

/// The places of those who wait for a document.
#[derive(Clone)]
pub struct Desk {
    queue: Queue,
    of_account: AtOnce<AccountId>,
}

impl Default for Desk {
    fn default() -> Self {
        let most = Most { all: AT_ONCE + WAITING, of_one: OF_ONE_ACCOUNT };
        Self { queue: Queue::new(AT_ONCE, WAITING), of_account: AtOnce::new(most) }
    }
}

impl Desk {
    fn queue_up(&self, of: AccountId) -> Result<(Queued, Place<AccountId>), Error> {
        let place = self.of_account.take(of).ok_or(Error::Busy { seconds: AGAIN_SECONDS })?;
        Ok((self.queue.queue_up()?, place))
    }
}

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
    let (queued, place) = match desk.queue_up(cx.actor.account) {
        Ok(places) => places,
        Err(busy) => return refused(&busy),
    };
    match invoices::file(cx, deed, number).await {
        Ok((issued, paid_ahead, letterhead)) => {
            let draw = move || {
                let _place = place;
                pdf::invoice(&issued, paid_ahead, &letterhead)
            };
            drawn(desk, queued, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

async fn credit_note(cx: &Cx, desk: &Desk, deed: Deed, number: &str) -> Response {
    let Ok(number) = number.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let (queued, place) = match desk.queue_up(cx.actor.account) {
        Ok(places) => places,
        Err(busy) => return refused(&busy),
    };
    match credit_file(cx, deed, number).await {
        Ok((note, issued, letterhead, reason)) => {
            let draw = move || {
                let _place = place;
                pdf::credit_note(&note, &issued, &letterhead, &reason)
            };
            drawn(desk, queued, number.to_string(), draw).await
        }
        Err(error) => refused(&error),
    }
}

/// Drawn beside the threads that answer, when its turn comes: a long invoice takes a while.
async fn drawn(
    desk: &Desk,
    queued: Queued,
    name: String,
    draw: impl FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static,
) -> Response {
    let error = match desk.queue.run(queued, draw).await {
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
        let desk = Desk::default();
        let others = (1_u128..).map(|number| uuid::Uuid::from_u128(number).into());
        let taken: Vec<_> = others.take(AT_ONCE + WAITING).map(|of| desk.queue_up(of).expect("room")).collect();
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
        let (queued, _place) = desk.queue_up(acme.actor.account).expect("its place is free again");
        let file = drawn(&desk, queued, "INV-000001".to_owned(), || Ok(b"%PDF".to_vec())).await;
        assert_eq!(file.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn r8_one_account_does_not_take_the_places_of_others() {
        let world = World::new().await;
        let (acme, globex) = (world.reseller("acme").await, world.reseller("globex").await);
        let desk = Desk::default();
        let taken = [(); OF_ONE_ACCOUNT].map(|()| desk.queue_up(acme.actor.account).expect("room"));
        assert_eq!(invoice(&acme, &desk, Deed::SeeBilling, "INV-000001").await.status(), 503);
        assert_eq!(invoice(&globex, &desk, Deed::SeeBilling, "INV-000001").await.status(), 404);
        drop(taken);
        assert_eq!(invoice(&acme, &desk, Deed::SeeBilling, "INV-000001").await.status(), 404);
    }
}
