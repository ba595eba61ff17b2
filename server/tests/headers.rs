//! The headers that make browsers careful.

use http::{Request, header::CACHE_CONTROL};

use crate::{
    browser::Answer,
    test_app::{RESELLER, TestApp},
};

/// All headers but those that differ each time.
fn headers(answer: &Answer) -> String {
    let mut lines: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("our headers are text")))
        .collect();
    lines.sort();
    lines.join("\n")
}

macro_rules! snapshot {
    ($answer:expr, @$expected:literal) => {
        insta::with_settings!({ filters => vec![
            (r"nonce-[\w-]{22}", "nonce-NONCE"),
            (r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID"),
        ] }, { insta::assert_snapshot!(headers(&$answer), @$expected) })
    };
}

#[tokio::test]
async fn a_page() {
    let app = TestApp::new().await;
    let answer = app.anon().get("/login").await;
    snapshot!(answer, @"
    cache-control: private, no-cache
    content-security-policy: default-src 'self'; script-src 'self' 'nonce-NONCE' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'
    content-type: text/html; charset=utf-8
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()
    referrer-policy: same-origin
    vary: accept-encoding
    x-content-type-options: nosniff
    x-frame-options: DENY
    x-request-id: ID
    ");
}

#[tokio::test]
async fn an_answer_of_a_server_function_over_https() {
    let app = TestApp::at("https://keys.example").await;
    let answer = app.anon().call("sessions/current", &[]).await;
    snapshot!(answer, @"
    cache-control: no-store
    content-length: 4
    content-security-policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'
    content-type: application/json
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()
    referrer-policy: same-origin
    strict-transport-security: max-age=63072000
    x-content-type-options: nosniff
    x-frame-options: DENY
    x-request-id: ID
    ");
}

#[tokio::test]
async fn a_refusal_by_a_layer() {
    let app = TestApp::new().await;
    let request = Request::post("/api/sessions/sign_in").header("sec-fetch-site", "cross-site");
    let answer = app.anon().send(request, "".into()).await;
    snapshot!(answer, @"
    content-length: 61
    content-security-policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'
    content-type: application/json
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()
    referrer-policy: same-origin
    vary: accept-encoding
    x-content-type-options: nosniff
    x-frame-options: DENY
    x-request-id: ID
    ");
}

#[tokio::test]
async fn what_a_signed_in_person_sees_is_stored_nowhere() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    let mut reseller = app.signed_in(RESELLER).await;
    for path in
        ["/", "/account", &format!("/licenses/{license}"), &format!("/licenses/created/{order}/keys.txt"), "/nothing"]
    {
        assert_eq!(reseller.get(path).await.header(CACHE_CONTROL), Some("no-store"), "{path}");
    }
    let called = reseller.call("sessions/list", &[]).await;
    assert_eq!(called.header(CACHE_CONTROL), Some("no-store"));
}

#[tokio::test]
async fn a5_a7_the_page_behind_a_link_of_a_mail_is_stored_nowhere() {
    let app = TestApp::new().await;
    for page in ["/activate/0123456789abcdef", "/reset/0123456789abcdef"] {
        assert_eq!(app.anon().get(page).await.header(CACHE_CONTROL), Some("no-store"), "{page}");
    }
}

#[tokio::test]
async fn a_browser_that_is_signed_out_forgets_the_pages_that_it_keeps_and_no_settings() {
    let app = TestApp::new().await;
    let called = app.signed_in(RESELLER).await.call("sessions/sign_out", &[]).await;
    let posted = app.signed_in(RESELLER).await.submit("/account", "sessions/sign_out", &[]).await;
    for answer in [called, posted] {
        assert_eq!(answer.header("clear-site-data"), Some("\"cache\""), "{answer:?}");
    }
    let page = app.anon().get("/login").await;
    assert_eq!(page.header("clear-site-data"), None);
}

#[tokio::test]
async fn a_page_for_everybody_is_asked_for_again() {
    let app = TestApp::new().await;
    assert_eq!(app.anon().get("/").await.header(CACHE_CONTROL), Some("private, no-cache"));
}

#[tokio::test]
async fn the_nonce_is_another_one_each_time() {
    let app = TestApp::new().await;
    let policy = async || {
        let answer = app.anon().get("/login").await;
        answer.header("content-security-policy").map(ToOwned::to_owned).expect("a policy")
    };
    assert_ne!(policy().await, policy().await);
}
