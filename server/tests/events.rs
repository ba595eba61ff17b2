//! Open pages hear of changes, also of those that they missed.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use domain::accounts::SuspensionForm;
use futures::StreamExt;
use http::{Request, header::CONTENT_TYPE};
use service::{accounts, contacts};
use tokio::time::timeout;

use crate::{
    browser::Browser,
    test_app::{BUYER, CUSTOMER, OTHER_RESELLER, RESELLER, TestApp},
};

struct Stream(BodyDataStream);

impl Stream {
    async fn open(browser: &Browser, path: &str, last: Option<&str>) -> Self {
        let mut request = Request::get(path).header("accept", "text/event-stream");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = browser.open(request, Body::empty()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers().get("content-encoding"), None);
        Self(response.into_body().into_data_stream())
    }

    /// The next event; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let next = timeout(Duration::from_secs(20), self.0.next()).await.expect("something comes in time");
        next.map(|bytes| String::from_utf8(bytes.expect("bytes").to_vec()).expect("text"))
    }
}

#[tokio::test]
async fn a_page_that_missed_a_change_is_told_at_once() {
    let app = TestApp::new().await;
    let reseller = app.signed_in(RESELLER).await;
    let seen = service::live::version(&app.reseller).await.expect("a version");
    app.order().await;
    let mut stream = Stream::open(&reseller, &format!("/events?since={seen}"), None).await;
    let expected = format!(
        "event: changed\nid: {0}\ndata: {{\"version\":{0},\"words\":\"while this page was not connected\"}}\nretry: 3000\n\n",
        seen + 1
    );
    assert_eq!(stream.next().await, Some(expected));
}

#[tokio::test]
async fn a_browser_that_connects_again_has_seen_its_last_event() {
    let app = TestApp::new().await;
    let reseller = app.signed_in(RESELLER).await;
    app.order().await;
    let now = service::live::version(&app.reseller).await.expect("a version").to_string();
    let mut stream = Stream::open(&reseller, "/events?since=0", Some(&now)).await;
    assert_eq!(stream.next().await.as_deref(), Some(": listening\nretry: 3000\n\n"));
}

#[tokio::test]
async fn an_open_page_is_told_what_happens_and_others_are_not() {
    let app = TestApp::new().await;
    let seen = service::live::version(&app.reseller).await.expect("a version");
    let mut stream = Stream::open(&app.signed_in(RESELLER).await, "/events", None).await;
    let mut stranger = Stream::open(&app.signed_in(OTHER_RESELLER).await, "/events", None).await;
    stream.next().await;
    stranger.next().await;

    app.signed_in(CUSTOMER).await;
    let told = stream.next().await.expect("an event");
    assert!(told.starts_with(&format!("event: changed\nid: {}\n", seen + 1)), "{told}");
    assert!(told.contains("signed in for the first time"), "{told}");

    app.closing.begin();
    assert_eq!(stranger.next().await, None, "nothing but the end");
}

#[tokio::test]
async fn a_page_that_stands_open_keeps_no_session_alive() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    app.world.pass(chrono::Duration::hours(11));
    Stream::open(&reseller, "/events", None).await;
    app.world.pass(chrono::Duration::hours(2));
    let answer = reseller.get("/licenses").await;
    assert_eq!(answer.location(), Some(app::paths::login_then("/licenses").as_str()));
}

#[tokio::test]
async fn streams_end_when_the_program_stops() {
    let app = TestApp::new().await;
    let mut stream = Stream::open(&app.signed_in(RESELLER).await, "/events", None).await;
    stream.next().await;
    app.closing.begin();
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn nobody_listens_who_is_not_signed_in() {
    let app = TestApp::new().await;
    assert_eq!(app.anon().get("/events").await.status, 401);
}

/// What comes long before the next sign of life, at which a session is looked for anyway.
async fn at_once(stream: &mut Stream) -> Option<String> {
    timeout(Duration::from_secs(8), stream.next()).await.expect("it comes at once")
}

#[tokio::test]
async fn a1_a_suspended_account_hears_nothing_more_and_others_go_on() {
    let app = TestApp::new().await;
    let mut stream = Stream::open(&app.signed_in(RESELLER).await, "/events", None).await;
    let mut stranger = Stream::open(&app.signed_in(OTHER_RESELLER).await, "/events", None).await;
    stream.next().await;
    stranger.next().await;
    let reason = SuspensionForm { reason: "Overdue".to_owned() };
    accounts::suspend(&app.owner, app.world.key(), app.reseller.actor.account, &reason).await.expect("suspended");
    assert_eq!(at_once(&mut stream).await, None);
    assert!(stranger.next().await.is_some(), "a sign of life");
}

#[tokio::test]
async fn a6_who_is_made_inactive_hears_nothing_more_and_their_colleagues_go_on() {
    let app = TestApp::new().await;
    let mut stream = Stream::open(&app.signed_in(BUYER).await, "/events", None).await;
    let mut colleague = Stream::open(&app.signed_in(RESELLER).await, "/events", None).await;
    stream.next().await;
    colleague.next().await;
    let buyer = app.world.contact(BUYER).await.id;
    contacts::deactivate(&app.owner, app.world.key(), buyer).await.expect("made inactive");
    assert_eq!(at_once(&mut stream).await, None);
    app.signed_in(CUSTOMER).await;
    assert!(colleague.next().await.expect("an event").contains("signed in for the first time"));
}

#[tokio::test]
async fn a_session_has_few_streams_and_others_have_theirs() {
    let app = TestApp::new().await;
    let reseller = app.signed_in(RESELLER).await;
    let mut streams = Vec::new();
    for _ in 0..4 {
        streams.push(Stream::open(&reseller, "/events", None).await);
    }
    let one_more = |browser: Browser| async move {
        let request = Request::get("/events").header("accept", "text/event-stream");
        let response = browser.open(request, Body::empty()).await;
        (response.status().as_u16(), response.headers().get("retry-after").cloned())
    };
    assert_eq!(one_more(reseller.clone()).await, (429, Some("60".parse().expect("a header"))));
    assert_eq!(one_more(app.signed_in(RESELLER).await).await.0, 200, "another browser of the same person");
    assert_eq!(one_more(app.signed_in(OTHER_RESELLER).await).await.0, 200);
    streams.pop();
    assert_eq!(one_more(reseller).await.0, 200, "a page was closed");
}
