//! Signing in and out, and how the cookie is made.

use http::header::{RETRY_AFTER, SET_COOKIE};
use service::testing::PASSWORD;

use crate::test_app::{CUSTOMER, PASSWORD_DUE, RESELLER, TestApp};

fn attributes(cookie: Option<&str>) -> Option<(&str, String)> {
    let (pair, attributes) = cookie?.split_once("; ")?;
    let (name, token) = pair.split_once('=')?;
    Some((name, format!("{} characters; {attributes}", token.len())))
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::new().await;
    let form = [("login", RESELLER), ("password", PASSWORD)];
    let answer = app.anon().call("sessions/sign_in", &form).await;
    let cookie = attributes(answer.header(SET_COOKIE));
    assert_eq!(cookie, Some(("keyhouse", "64 characters; Path=/; HttpOnly; SameSite=Lax".to_owned())));
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let app = TestApp::at("https://keys.example").await;
    let form = [("login", RESELLER), ("password", PASSWORD)];
    let answer = app.anon().call("sessions/sign_in", &form).await;
    let cookie = attributes(answer.header(SET_COOKIE));
    let expected = "64 characters; Path=/; HttpOnly; SameSite=Lax; Secure".to_owned();
    assert_eq!(cookie, Some(("__Host-keyhouse", expected)));
    let mut browser = app.signed_in(RESELLER).await;
    assert_eq!(browser.get("/customers").await.status, 200);
}

#[tokio::test]
async fn a6_a_browser_that_signed_in_is_known_again_by_a_cookie_out_of_reach_for_scripts() {
    for (base, name, bound) in [
        ("http://127.0.0.1:3000", "keyhouse-device", ""),
        ("https://keys.example", "__Host-keyhouse-device", "; Secure"),
    ] {
        let app = TestApp::at(base).await;
        let form = [("login", RESELLER), ("password", PASSWORD)];
        let answer = app.anon().call("sessions/sign_in", &form).await;
        let cookie = attributes(answer.headers.get_all(SET_COOKIE).iter().nth(1).and_then(|value| value.to_str().ok()));
        let (found, rest) = cookie.expect("a second cookie");
        assert_eq!(found, name);
        assert!(
            rest.ends_with(&format!("characters; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax{bound}")),
            "{rest}"
        );
        let wrong = [("login", RESELLER), ("password", "wrong")];
        assert!(app.anon().call("sessions/sign_in", &wrong).await.header(SET_COOKIE).is_none());
    }
}

#[tokio::test]
async fn a6_after_four_wrong_passwords_a_stranger_is_told_how_long_to_wait_and_a_known_browser_is_not_held_up() {
    let app = TestApp::new().await;
    let mut holder = app.signed_in(RESELLER).await;
    holder.submit("/account", "sessions/sign_out", &[]).await;
    for login in [RESELLER, "nobody@nowhere.example"] {
        let mut stranger = app.anon();
        for times in 1..=5 {
            let answer = stranger.call("sessions/sign_in", &[("login", login), ("password", "wrong")]).await;
            let told = match times {
                1..=3 => (409, None),
                _ => (429, Some("900")),
            };
            assert_eq!((answer.status.as_u16(), answer.header(RETRY_AFTER)), told, "{login} {times}");
        }
    }
    let form = [("login", RESELLER), ("password", PASSWORD), ("next", "")];
    let answer = holder.submit("/login", "sessions/sign_in", &form).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("/")));
    assert!(holder.is_signed_in());
}

#[tokio::test]
async fn after_signing_in_one_goes_on_where_one_wanted_to_be_but_never_to_another_host() {
    let app = TestApp::new().await;
    for (next, arrives) in [("/licenses?state=active", "/licenses?state=active"), ("//elsewhere.example", "/")] {
        let form = [("login", RESELLER), ("password", PASSWORD), ("next", next)];
        let answer = app.anon().submit("/login", "sessions/sign_in", &form).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, Some(arrives)), "{next}");
    }
}

#[tokio::test]
async fn a10_somebody_whose_password_is_due_is_led_to_change_it_from_everywhere() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in(PASSWORD_DUE).await;
    let answer = browser.get("/licenses").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (302, Some("/account")));
    assert_eq!(browser.get("/account").await.status, 200);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in(CUSTOMER).await;
    let mut copy = browser.clone();
    let answer = browser.submit("/account", "sessions/sign_out", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("/login")));
    assert!(!browser.is_signed_in());
    let answer = copy.get("/licenses").await;
    assert_eq!(answer.location(), Some("/login?next=%2Flicenses"), "a copy of the cookie is of no use");
}

#[tokio::test]
async fn whoever_is_signed_out_comes_back_to_the_page_that_was_asked_for() {
    let app = TestApp::new().await;
    let answer = app.anon().get("/licenses?state=active").await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.location(), Some("/login?next=%2Flicenses%3Fstate%3Dactive"));
}
