//! A Stripe of our own for tests, on a port of this machine, as <https://docs.stripe.com/api> describes the real one:
//! forms in, JSON out, keys, versions, idempotency, errors, a page on which one pays, and events about all that happens.

pub mod events;
mod page;
mod refunds;
mod sessions;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{OriginalUri, State},
    response::{IntoResponse, Response},
    routing::get,
};
use clap::Parser;
use domain::Timestamp;
pub use events::WEBHOOK_SECRET;
use http::{HeaderMap, Method, StatusCode};
pub use page::Way;
use serde_json::{Value, json};
use server::payments::stripe::{Patience, Stripe, StripeFlags};
use url::form_urlencoded;

/// The key of the account. No error of ours may ever hold it.
pub const KEY: &str = "sk_test_hush";

/// What happens to the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It is done, and the answer breaks off in the middle.
    LosesTheAnswer,
    /// It is done, and there never is an answer.
    FallsSilent,
    /// Nothing is done, and this is the answer.
    Answers(u16),
    /// Nothing is done, and this is the answer, with the advice not to try again.
    AdvisesAgainst(u16),
    /// It leads somewhere else.
    LeadsAway,
    /// It says something that nobody understands.
    Babbles(usize),
}

/// The fields of a form, by name.
pub type Fields = BTreeMap<String, String>;

/// A refusal: its status, its code, its sentence.
pub type Refused = (u16, &'static str, String);

/// What stands in it.
#[derive(Default)]
pub struct Account {
    pub sessions: BTreeMap<String, Value>,
    pub intents: BTreeMap<String, Value>,
    pub events: Vec<Value>,
    moods: VecDeque<Mood>,
    answers: HashMap<String, (String, u16, Value)>,
    requests: Vec<String>,
    count: usize,
}

/// The stand-in; it stops listening when the test ends.
#[derive(Clone)]
pub struct StandIn {
    url: String,
    account: Arc<Mutex<Account>>,
}

impl StandIn {
    /// One that does what it is asked.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let stand_in = Self { url, account: Arc::default() };
        let router = stand_in.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        stand_in
    }

    /// Its addresses.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/v1/{*path}", get(api).post(api))
            .route("/c/pay/{id}", get(page::show).post(page::pay))
            .with_state(self.clone())
    }

    /// What Keyhouse speaks with it by.
    pub fn client(&self) -> Stripe {
        let patience =
            Patience { one_try: std::time::Duration::from_secs(60), pauses: vec![std::time::Duration::ZERO; 2] };
        self.patient(KEY, patience)
    }

    /// The same with another key, and more or less patience.
    pub fn patient(&self, key: &str, patience: Patience) -> Stripe {
        Stripe::patient(&flags(key, &self.url), patience).expect("good settings").expect("keys")
    }

    /// What happens to the next requests; after them it does what it is asked.
    pub fn will(&self, moods: impl IntoIterator<Item = Mood>) {
        self.account().moods.extend(moods);
    }

    /// What was asked so far: `POST /v1/refunds refund-0000..`.
    pub fn requests(&self) -> Vec<String> {
        self.account().requests.clone()
    }

    pub fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().expect("the account")
    }
}

/// Settings that lead to it.
pub fn flags(key: &str, url: &str) -> StripeFlags {
    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: StripeFlags,
    }
    let words =
        ["keyhouse", "--stripe-secret-key", key, "--stripe-webhook-secret", WEBHOOK_SECRET, "--stripe-url", url];
    Line::parse_from(words).flags
}

/// The time at Stripe: that of the tests.
pub fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().expect("a time")
}

impl Account {
    /// An id that was never given: `cs_test_3`.
    pub fn id(&mut self, kind: &str) -> String {
        self.count += 1;
        format!("{kind}_{}", self.count)
    }
}

/// Every request: who asks, whether it was asked before, and what is done.
async fn api(
    State(stand_in): State<StandIn>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (key, path) = (header("idempotency-key"), uri.path().trim_start_matches("/v1/").to_owned());
    stand_in.account().requests.push(format!("{method} {} {key}", uri.path()).trim_end().to_owned());
    let mood = stand_in.account().moods.pop_front();
    match mood {
        Some(Mood::Answers(status)) => return wrong((status, "busy", "Come back later.".to_owned())),
        Some(Mood::AdvisesAgainst(status)) => {
            let mut answer = wrong((status, "broken", "This will not get better.".to_owned()));
            answer.headers_mut().insert("stripe-should-retry", "false".parse().expect("a value"));
            return answer;
        }
        Some(Mood::LeadsAway) => return (StatusCode::FOUND, [("location", "http://127.0.0.1:1/")]).into_response(),
        Some(Mood::Babbles(length)) => return "?".repeat(length).into_response(),
        Some(Mood::LosesTheAnswer | Mood::FallsSilent) | None => {}
    }
    if header("authorization") != format!("Bearer {KEY}") {
        return wrong((401, "", format!("Invalid API Key provided: {}", header("authorization"))));
    }
    if !header("stripe-version").starts_with("20") || (method == Method::POST && key.is_empty()) {
        return wrong((400, "stand_in", "A version and an idempotency key are missing.".to_owned()));
    }
    let given = if method == Method::GET { uri.query().unwrap_or_default().to_owned().into() } else { body };
    let asked = format!("{method} {path} {}", String::from_utf8_lossy(&given));
    let fields: Fields = form_urlencoded::parse(&given).into_owned().collect();
    let (status, answer, replayed) =
        stand_in.account().once(&key, &asked, |account| match (method.as_str(), path.as_str()) {
            ("POST", "checkout/sessions") => sessions::create(account, &stand_in.url, fields),
            ("POST", "refunds") => refunds::create(account, &fields),
            (method, path) => sessions::find(account, method, path, &fields),
        });
    match mood {
        Some(Mood::FallsSilent) => std::future::pending().await,
        Some(Mood::LosesTheAnswer) => {
            let cut = futures::stream::iter([Ok(Bytes::from("{\"id\":")), Err(std::io::Error::other("cut"))]);
            Body::from_stream(cut).into_response()
        }
        _ => {
            let replayed = [("idempotent-replayed", if replayed { "true" } else { "false" }), ("request-id", "req_1")];
            (StatusCode::from_u16(status).expect("a status"), replayed, answer.to_string()).into_response()
        }
    }
}

impl Account {
    /// The first answer to a key is every answer to it; with other fields it is refused
    /// (<https://docs.stripe.com/api/idempotent_requests>).
    fn once(
        &mut self,
        key: &str,
        asked: &str,
        answer: impl FnOnce(&mut Self) -> Result<Value, Refused>,
    ) -> (u16, Value, bool) {
        match self.answers.get(key) {
            Some((before, status, answer)) if before == asked => return (*status, answer.clone(), true),
            Some(_) => {
                let message = "Keys for idempotent requests can only be used with the same parameters.";
                return (400, json!({ "error": { "type": "idempotency_error", "message": message } }), false);
            }
            None => {}
        }
        let (status, answer) = match answer(self) {
            Ok(answer) => (200, answer),
            Err(refused) => (refused.0, error(&refused)),
        };
        if !key.is_empty() {
            self.answers.insert(key.to_owned(), (asked.to_owned(), status, answer.clone()));
        }
        (status, answer, false)
    }
}

fn error((_, code, message): &Refused) -> Value {
    json!({ "error": { "type": "invalid_request_error", "code": code, "message": message, "param": null } })
}

fn wrong(refused: Refused) -> Response {
    let status = StatusCode::from_u16(refused.0).expect("a status");
    (status, [("request-id", "req_1")], error(&refused).to_string()).into_response()
}
