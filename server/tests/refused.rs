//! What never reaches a deed: from another site, too large, to no address, in no shape.

use axum::body::Body;
use futures::stream;
use http::{
    Request,
    header::{ACCEPT, CONTENT_TYPE},
};

use server::Network;

use crate::test_app::{RESELLER, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_post_from_another_site_does_nothing_and_says_so() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let request = Request::post("/api/sessions/sign_out").header(name, value).header(ACCEPT, "text/html");
        let answer = reseller.send(request, Body::empty()).await;
        assert_eq!(answer.status, 403, "{name}: {value}");
        assert!(answer.text.contains("from another site, so nothing was done"), "{}", answer.text);
    }
    assert_eq!(reseller.get("/customers").await.status, 200, "still signed in");
}

#[tokio::test]
async fn our_own_address_is_trusted_when_a_proxy_asks_under_another_name() {
    let app = TestApp::at("https://keys.example").await;
    let request =
        Request::post("/api/sessions/current").header("origin", "https://keys.example").header("host", "10.0.0.5:3000");
    assert_eq!(app.anon().send(request, Body::empty()).await.status, 200);
}

#[tokio::test]
async fn a_post_of_a_page_that_came_in_the_clear_does_nothing_where_people_come_by_https() {
    let app = TestApp::at("https://keys.example").await;
    let post =
        |origin: &str| Request::post("/api/sessions/current").header("origin", origin).header(ACCEPT, "text/html");
    let refused = app.anon().send(post("http://keys.example"), Body::empty()).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    assert!(refused.text.contains("from another site, so nothing was done"), "{}", refused.text);
    assert_eq!(app.anon().send(post("https://keys.example"), Body::empty()).await.status, 303);
    // At the machine itself, a browser says that it is the same site.
    let here = post("http://localhost:3000").header("sec-fetch-site", "same-origin");
    assert_eq!(app.anon().send(here, Body::empty()).await.status, 303);
}

#[tokio::test]
async fn a_body_over_the_limit_gets_words_and_not_a_bare_error() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let body = format!("reseller_notes={}", "x".repeat(300_000));
    let post = || Request::post("/api/licenses/edit").header(CONTENT_TYPE, FORM);

    let page = reseller.send(post().header(ACCEPT, "text/html"), body.clone().into()).await;
    assert_eq!(page.status, 413);
    assert!(page.text.contains("<h1>Too much text</h1>"), "{}", page.text);

    let script = reseller
        .send(post().header(ACCEPT, "application/json").header("content-length", body.len()), body.clone().into());
    let script = script.await;
    assert_eq!((script.status.as_u16(), script.text.as_str()), (413, r#""too_large""#));

    // Sent in pieces, nobody knows beforehand how much it will be.
    let pieces = Body::from_stream(stream::iter(
        body.into_bytes().chunks(10_000).map(<[u8]>::to_vec).map(Ok::<_, std::io::Error>).collect::<Vec<_>>(),
    ));
    let page = reseller.send(post().header(ACCEPT, "text/html"), pieces).await;
    assert_eq!(page.status, 413);
    assert!(page.text.contains("<h1>Too much text</h1>"), "{}", page.text);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_before_anybody_reads_it() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    // What a form of plain text sends, and a browser takes for one of ours.
    let smuggled = "idempotency_key=0193&email=a@b.example&owner=on&x=Go";
    for kind in [Some("text/plain"), Some("multipart/form-data; boundary=x"), Some("application/json"), Some(""), None]
    {
        let post = || {
            let request = Request::post("/api/sessions/sign_out").header("sec-fetch-site", "same-origin");
            kind.into_iter().fold(request, |request, kind| request.header(CONTENT_TYPE, kind))
        };
        let page = reseller.send(post().header(ACCEPT, "text/html"), smuggled.into()).await;
        assert_eq!(page.status, 415, "{kind:?}");
        assert!(page.text.contains("<h1>Not in this form</h1>"), "{}", page.text);
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let script = reseller.send(post().header(ACCEPT, "application/json"), smuggled.into()).await;
        assert_eq!((script.status.as_u16(), script.header(CONTENT_TYPE)), (415, Some("application/json")), "{kind:?}");
        assert!(script.text.starts_with(r#"{"broken":"#), "{}", script.text);
    }
    assert_eq!(reseller.get("/customers").await.status, 200, "still signed in");
}

#[tokio::test]
async fn a_form_says_in_which_letters_it_is_and_one_of_no_fields_may_say_nothing() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    // What `fetch` writes for the fields of a form, and the program for a function without any.
    for kind in ["application/x-www-form-urlencoded;charset=UTF-8", FORM] {
        let post = Request::post("/api/sessions/current").header(CONTENT_TYPE, kind).header(ACCEPT, "application/json");
        assert_eq!(browser.send(post, Body::empty()).await.status, 200, "{kind}");
    }
    assert_eq!(browser.send(Request::post("/api/sessions/current"), Body::empty()).await.status, 200);
}

#[tokio::test]
async fn an_unknown_server_function_is_not_found() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let script = browser.call("licenses/give_away", &[]).await;
    assert_eq!((script.status.as_u16(), script.text.as_str()), (404, r#""not_found""#));
    let page = browser.submit("/login", "licenses/give_away", &[]).await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("<h1>Not found</h1>"), "{}", page.text);
}

#[tokio::test]
async fn an_unknown_page_is_the_not_found_page_of_the_portal() {
    let app = TestApp::new().await;
    let page = app.anon().get("/nothing/here").await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("<title>Not found - Keyhouse</title>"), "{}", page.text);
}

#[tokio::test]
async fn a_server_function_is_not_called_by_a_link() {
    let app = TestApp::new().await;
    assert_eq!(app.signed_in(RESELLER).await.get("/api/sessions/sign_out").await.status, 405);
}

#[tokio::test]
async fn an_id_that_a_client_makes_up_for_its_request_is_not_taken() {
    let app = TestApp::new().await;
    let request = Request::get("/login").header("x-request-id", "made-up");
    let answer = app.anon().send(request, Body::empty()).await;
    let id = answer.header("x-request-id").expect("an id");
    assert!(id.parse::<uuid::Uuid>().is_ok(), "{id}");
}

fn network() -> Network {
    Network {
        base_url: "http://127.0.0.1:3000".parse().expect("an address"),
        trusted_proxy: false,
        requests_per_second: 0,
    }
}

#[tokio::test]
async fn an_address_that_floods_is_told_to_wait_but_a_page_with_all_that_it_asks_for_is_no_flood() {
    let app = TestApp::behind(Network { requests_per_second: 1, ..network() }).await;
    let mut browser = app.anon();
    for _ in 0..5 {
        assert_eq!(browser.call("sessions/current", &[]).await.status, 200);
    }
    let mut answer = browser.call("sessions/current", &[]).await;
    while answer.status == 200 {
        // A slow machine was given another one meanwhile.
        answer = browser.call("sessions/current", &[]).await;
    }
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (429, r#"{"too_many":{"seconds":1}}"#));
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(browser.get("/readyz").await.status, 200, "who asks how we are is not counted");
}

#[tokio::test]
async fn what_a_client_says_of_its_address_counts_only_behind_a_trusted_proxy() {
    for (trusted_proxy, address) in [(false, "192.0.2.7"), (true, "203.0.113.9")] {
        let app = TestApp::behind(Network { trusted_proxy, ..network() }).await;
        let form = format!("login={RESELLER}&password={}", service::testing::PASSWORD);
        let request = Request::post("/api/sessions/sign_in")
            .header("x-forwarded-for", "198.51.100.1, 203.0.113.9")
            .header(CONTENT_TYPE, FORM);
        let mut browser = app.anon();
        browser.send(request, form.into()).await;
        let sessions = browser.call("sessions/list", &[]).await;
        assert!(sessions.text.contains(&format!(r#""address":"{address}""#)), "{}", sessions.text);
    }
}
