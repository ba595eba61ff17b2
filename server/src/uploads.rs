//! Files that people send: a table of customers, the bank's table of receipts.

use std::sync::Arc;

use app::{Fault, paths};
use axum::{
    Extension,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State, multipart::MultipartError},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, post},
};
use domain::{Actor, Deed, FieldErrors, customers::import::BYTES_MOST};
use http::StatusCode;
use leptos::server_fn::error::FromServerFnError;
use service::{AGAIN_SECONDS, Cx, Error, Origin, Service, billing::payments, customers, returned::Returned};

use crate::{Shared, downloads::refused, layers::size::Places, returned::with_again};

/// So much of a table that is too large is passed over, so that its browser can be told in words; what is
/// larger still breaks off. No more than [`BYTES_MOST`] is ever kept.
const PASSED_OVER: usize = 16 * 1024 * 1024;
/// So much of pasted lines stays in the form that is sent back.
const PASTED_MOST: usize = 64 * 1024;

/// Where they are sent to.
pub fn routes() -> [(&'static str, MethodRouter<Shared>); 2] {
    [Table::Customers, Table::Receipts].map(|table| {
        let answer = move |State(service): State<Arc<Service>>,
                           State(places): State<Places>,
                           actor: Option<Extension<Actor>>,
                           Extension(origin): Extension<Origin>,
                           request: Request| take(table, service, places, actor, origin, request);
        (table.address(), post(answer).layer(DefaultBodyLimit::max(PASSED_OVER)))
    })
}

/// What is sent.
#[derive(Clone, Copy)]
enum Table {
    Customers,
    Receipts,
}

impl Table {
    const fn address(self) -> &'static str {
        match self {
            Self::Customers => paths::IMPORT_UPLOAD,
            Self::Receipts => paths::RECEIPTS_UPLOAD,
        }
    }

    /// The page of its form.
    const fn page(self) -> &'static str {
        match self {
            Self::Customers => paths::IMPORT,
            Self::Receipts => paths::RECEIPTS_IMPORT,
        }
    }

    /// By what its form is known when it is sent back.
    const fn endpoint(self) -> &'static str {
        match self {
            Self::Customers => "customers/upload",
            Self::Receipts => "receipts/upload",
        }
    }

    const fn deed(self) -> Deed {
        match self {
            Self::Customers => Deed::CreateCustomers,
            Self::Receipts => Deed::RecordPayments,
        }
    }

    /// Keeps it, and gives the address of its dry run.
    async fn keep(self, cx: &Cx, table: &[u8]) -> Result<String, Error> {
        match self {
            Self::Customers => customers::upload(cx, table).await.map(paths::import),
            Self::Receipts => payments::upload(cx, table).await.map(paths::receipts_check),
        }
    }
}

async fn take(
    table: Table,
    service: Arc<Service>,
    places: Places,
    actor: Option<Extension<Actor>>,
    origin: Origin,
    request: Request,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return Redirect::to(&paths::login_then(table.page())).into_response();
    };
    let cx = Cx::new(service, actor, origin);
    // Before anything is read.
    if let Err(error) = cx.may(table.deed()) {
        return refused(&error);
    }
    let Ok(_place) = places.file(cx.actor.contact) else {
        return refused(&Error::Busy { seconds: AGAIN_SECONDS });
    };
    let sent = match Multipart::from_request(request, &()).await {
        Ok(form) => read(form).await.unwrap_or_else(|error| Sent::broken(&error)),
        Err(_) => Sent::default(),
    };
    let done = match &sent.problem {
        Some(problem) => Err(FieldErrors::at("file", *problem).into()),
        None => table.keep(&cx, sent.table()).await,
    };
    match done {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(Error::TooLarge) => send_back(&cx, table, &sent, FieldErrors::at("file", TOO_LARGE)).await,
        Err(Error::Fields(errors)) => send_back(&cx, table, &sent, errors).await,
        Err(error) => refused(&error),
    }
}

/// What was sent: a file, or pasted lines.
#[derive(Default)]
struct Sent {
    file: Vec<u8>,
    lines: Vec<u8>,
    problem: Option<&'static str>,
}

const TOO_LARGE: &str = "This table is larger than 2 MB. Split it, and import one part after the other.";

impl Sent {
    fn table(&self) -> &[u8] {
        if self.file.is_empty() { &self.lines } else { &self.file }
    }

    fn broken(error: &MultipartError) -> Self {
        let problem = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => TOO_LARGE,
            _ => "The file did not arrive whole. Send it again.",
        };
        Self { problem: Some(problem), ..Self::default() }
    }
}

async fn read(mut form: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(mut field) = form.next_field().await? {
        let is_file = match field.name() {
            Some("file") => true,
            Some("lines") => false,
            _ => continue,
        };
        while let Some(chunk) = field.chunk().await? {
            let kept = if is_file { &mut sent.file } else { &mut sent.lines };
            if kept.len() + chunk.len() <= BYTES_MOST && sent.problem.is_none() {
                kept.extend_from_slice(&chunk);
            } else {
                kept.clear();
                sent.problem = Some(TOO_LARGE);
            }
        }
    }
    Ok(sent)
}

/// Back to the form, with what is wrong and what was pasted.
async fn send_back(cx: &Cx, table: Table, sent: &Sent, errors: FieldErrors) -> Response {
    let pasted = String::from_utf8_lossy(&sent.lines).into_owned();
    let fields = if pasted.len() <= PASTED_MOST { vec![("lines".to_owned(), pasted)] } else { Vec::new() };
    let fault = String::from_utf8_lossy(&Fault::Fields(errors).ser().body).into_owned();
    let returned = Returned { endpoint: table.endpoint().to_owned(), fields, fault };
    match service::returned::keep(&cx.service, cx.actor.contact, returned).await {
        Ok(Some(id)) => Redirect::to(&with_again(table.page(), id)).into_response(),
        Ok(None) => Redirect::to(table.page()).into_response(),
        Err(error) => refused(&error),
    }
}
