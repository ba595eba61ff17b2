//! Bodies that are long, or never end: only few are on their way at once, so that nobody fills the memory.

use axum::body::Body;
use futures::{StreamExt, stream};
use http::{
    Request, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, REFERER},
    request::Builder,
};
use server::Network;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    browser::Browser,
    test_app::{BUYER, RESELLER, TestApp},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Bodies of which the first letter has come, and no more comes.
pub struct Halves {
    begun: mpsc::Sender<()>,
    read: mpsc::Receiver<()>,
    senders: JoinSet<StatusCode>,
}

impl Default for Halves {
    fn default() -> Self {
        let (begun, read) = mpsc::channel(1);
        Self { begun, read, senders: JoinSet::new() }
    }
}

impl Halves {
    /// One more, until the first letter of it is read.
    pub async fn begin<S: Future<Output = StatusCode> + Send + 'static>(&mut self, send: impl FnOnce(Body) -> S) {
        let begun = self.begun.clone();
        let first = stream::once(async move { begun.send(()).await.map(|()| "x").map_err(std::io::Error::other) });
        // Of a body that comes in pieces nobody knows beforehand how long it will be.
        self.senders.spawn(send(Body::from_stream(first.chain(stream::pending()))));
        self.read.recv().await.expect("it is read");
    }

    async fn from(&mut self, browser: &Browser, request: Builder) {
        let browser = browser.clone();
        self.begin(move |half| async move { browser.open(request, half).await.status() }).await;
    }
}

fn post(address: &str) -> Builder {
    Request::post(address).header(CONTENT_TYPE, FORM).header(ACCEPT, "text/html")
}

fn long() -> Body {
    Body::from(format!("reseller_notes={}", "x".repeat(20_000)))
}

#[tokio::test]
async fn security_3_long_bodies_of_strangers_have_few_places_of_a_network_and_in_all() {
    let base_url = "http://127.0.0.1:3000".parse().expect("an address");
    let app = TestApp::behind(Network { base_url, trusted_proxy: true, requests_per_second: 0 }).await;
    let (mut stranger, mut halves) = (app.anon(), Halves::default());
    let from = |network: usize| {
        let address = format!("2001:db8:0:{network}::{network}");
        post("/api/licenses/edit").header("x-forwarded-for", address).header(REFERER, "http://127.0.0.1:3000/account")
    };
    for _ in 0..8 {
        halves.from(&stranger, from(1)).await;
    }
    let refused = stranger.send(from(1), long()).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("5")));
    assert!(refused.text.contains("<h1>Not now</h1>"), "{}", refused.text);
    assert!(refused.text.contains("Wait 5 seconds and try again."), "{}", refused.text);
    assert!(refused.text.contains(r#"<a href="/account">Back to the form</a>"#), "{}", refused.text);
    assert_eq!(stranger.send(from(2), long()).await.status, 303, "another network has places");
    for number in 8..64 {
        halves.from(&stranger, from(1 + number / 8)).await;
    }
    assert_eq!(stranger.send(from(9), long()).await.status, 503, "there are no more");

    // Short forms need no place, and whoever is signed in has others.
    assert_eq!(stranger.submit("/forgot", "contacts/forgot", &[("login", RESELLER)]).await.status, 303);
    let mut reseller = app.signed_in(RESELLER).await;
    assert_ne!(reseller.send(from(1), long()).await.status, 503);

    halves.senders.shutdown().await;
    let answer = stranger.send(from(1), long()).await;
    assert_eq!(answer.location(), Some(app::paths::login_then("/account").as_str()));
}

#[tokio::test]
async fn security_3_long_bodies_of_a_person_have_few_places() {
    let app = TestApp::new().await;
    let (mut reseller, mut buyer) = (app.signed_in(RESELLER).await, app.signed_in(BUYER).await);
    let mut halves = Halves::default();
    for _ in 0..4 {
        halves.from(&reseller, post("/api/licenses/edit")).await;
    }
    let program = Request::post("/api/licenses/edit").header(CONTENT_TYPE, FORM).header(ACCEPT, "application/json");
    let refused = reseller.send(program, long()).await;
    assert_eq!((refused.status.as_u16(), refused.text.as_str()), (503, r#"{"busy":{"seconds":5}}"#));
    assert_eq!(reseller.get("/licenses").await.status, 200, "all else goes on");
    assert_ne!(buyer.send(post("/api/licenses/edit"), long()).await.status, 503, "a colleague has places");
    halves.senders.shutdown().await;
    assert_ne!(reseller.send(post("/api/licenses/edit"), long()).await.status, 503);
}

#[tokio::test]
async fn security_3_files_of_a_person_have_few_places() {
    let app = TestApp::new().await;
    let (mut reseller, mut buyer) = (app.signed_in(RESELLER).await, app.signed_in(BUYER).await);
    let upload = || {
        Request::post("/customers/import/upload")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .header(ACCEPT, "text/html")
    };
    let mut halves = Halves::default();
    for _ in 0..2 {
        halves.from(&reseller, upload()).await;
    }
    let table: &[(&str, &[u8])] = &[("file", b"E-mail address,First name,Last name\nbo@bo.example,Bo,Bo\n")];
    let refused = reseller.upload("/customers/import/upload", table).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, Some("5")));
    assert_eq!(buyer.upload("/customers/import/upload", table).await.status, 303, "a colleague has places");
    halves.senders.shutdown().await;
    assert_eq!(reseller.upload("/customers/import/upload", table).await.status, 303);
}
