//! What browsers and programs are told when something went wrong below.

use axum::{
    Router,
    body::to_bytes,
    middleware::from_fn_with_state,
    response::IntoResponse,
    routing::{get, post},
};
use tower::ServiceExt;

use super::*;
use crate::layers::panic;

async fn breaks() -> &'static str {
    panic!("the secret of {}", "acme")
}

fn typed() -> Vec<(String, String)> {
    vec![("idempotency_key".to_owned(), "k1".to_owned()), ("reseller_notes".to_owned(), "PO 1".to_owned())]
}

/// The status, the kind and the words of an answer.
async fn ask(path: &str, accept: &str) -> (u16, String, String) {
    let (status, kind, body) = asked_for(path, accept).await;
    (status, kind, String::from_utf8(body).expect("text"))
}

/// The same with the bytes of its body.
async fn asked_for(path: &str, accept: &str) -> (u16, String, Vec<u8>) {
    let known =
        Words { style: "/keyhouse.css".to_owned(), base_url: "https://keys.example".parse().expect("an address") };
    let slow_down = || async { (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "7")]).into_response() };
    let router: Router = Router::new()
        .route("/breaks", get(breaks))
        .route("/api/breaks", get(breaks))
        .route("/api/fast", get(slow_down))
        .route("/own", get(|| async { (StatusCode::NOT_FOUND, axum::Json("my own words")) }))
        .route("/posts", post(|| async {}))
        .route(
            "/again",
            get(|| async { again(&Fault::OutcomeUnknown, "licenses/edit", typed(), "/licenses".to_owned()) }),
        )
        .route("/full", get(|| async { again(&Fault::NotNow, "licenses/edit", typed(), "/licenses".to_owned()) }))
        .route("/denied", get(|| async { denied(&Fault::Due(Due::Debt)) }))
        .layer(panic::layer())
        .layer(from_fn_with_state(known, layer));
    let id: RequestId = "01935f6e-7b1c-4000-8000-00000badcafe".parse().expect("an id");
    let request = http::Request::get(path).header(ACCEPT, accept).extension(id).body(Body::empty());
    let Ok(response) = router.oneshot(request.expect("a request")).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000).await.expect("a body").to_vec();
    let kind = parts.headers[CONTENT_TYPE].to_str().expect("text").to_owned();
    (parts.status.as_u16(), kind, body)
}

#[tokio::test]
async fn a_bug_is_a_page_with_the_number_of_the_request_and_nothing_of_the_bug() {
    let (status, kind, text) = ask("/breaks", "text/html").await;
    assert_eq!((status, kind.as_str()), (500, "text/html; charset=utf-8"));
    assert!(text.contains("<h1>Something went wrong</h1>"), "{text}");
    assert!(text.contains("Request 01935f6e-7b1c-4000-8000-00000badcafe"), "{text}");
    assert!(!text.contains("acme"), "{text}");
}

#[tokio::test]
async fn the_program_in_a_page_gets_a_fault_that_it_understands() {
    app::begin();
    let (_, _, text) = ask("/api/breaks", "application/json").await;
    let request = "01935f6e-7b1c-4000-8000-00000badcafe".to_owned();
    assert_eq!(Fault::de(text.into_bytes().into()), Fault::Broken { request });
    let (_, _, text) = ask("/api/fast", "application/json").await;
    assert_eq!(Fault::de(text.into_bytes().into()), Fault::TooMany { seconds: 7 });
    let (status, kind, body) = asked_for("/api/fast", app::ACCEPTS).await;
    assert_eq!((status, kind.as_str(), body[0]), (429, PACKED, app::packed::FAULT));
    assert_eq!(Fault::read(body.into()), Fault::TooMany { seconds: 7 });
}

#[tokio::test]
async fn all_else_gets_a_sentence_and_words_of_ones_own_stay() {
    let (status, kind, text) = ask("/nothing.png", "image/png").await;
    assert_eq!((status, kind.as_str()), (404, "text/plain; charset=utf-8"));
    assert_eq!(text, "There is nothing at this address, or nothing that you may see.\n");
    assert_eq!(ask("/own", "text/html").await.2, "\"my own words\"");
    assert_eq!(ask("/posts", "text/html").await.0, 405);
}

#[tokio::test]
async fn v12_a_file_that_is_denied_says_why_and_not_that_it_was_sent_from_elsewhere() {
    let (status, _, page) = ask("/denied", "text/html").await;
    assert_eq!(status, 403);
    assert!(page.contains("<h1>Your account is suspended</h1>") && !page.contains("another site"), "{page}");
    let (status, _, text) = ask("/denied", "text/csv").await;
    assert_eq!((status, text), (403, format!("{}\n", Fault::Due(Due::Debt))));
}

#[tokio::test]
async fn r9_a_form_that_cannot_be_kept_says_whether_it_may_have_been_done_and_can_be_sent_again() {
    for (path, said) in [("/again", "it may have been done"), ("/full", "nothing was done this time")] {
        let (status, _, page) = ask(path, "text/html").await;
        assert_eq!(status, 503);
        for expected in [
            said,
            r#"<form method="post" action="/api/licenses/edit?back=%2Flicenses">"#,
            r#"<input type="hidden" name="idempotency_key" value="k1">"#,
            r#"<input type="hidden" name="reseller_notes" value="PO 1">"#,
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
    }
}
