//! A session that somebody stole, or left open: what it can do, for how long, and how its holder gets rid of it.

use chrono::Duration;
use domain::FormKey;
use service::testing::PASSWORD;

use crate::{
    browser::{Answer, Browser},
    test_app::{BUYER, OWNER, RESELLER, SUPPORT, TestApp},
};

/// Posts a form of that page without script, with a fresh key.
async fn post(app: &TestApp, browser: &mut Browser, page: &str, to: &str, more: &[(&str, &str)]) -> Answer {
    let key = app.service.random.uuid().to_string();
    browser.submit(page, to, &[&[(FormKey::FIELD, key.as_str())], more].concat()).await
}

#[tokio::test]
async fn what_matters_asks_for_the_password_without_script_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    app.world.pass(Duration::minutes(16));
    let page = format!("/office/accounts/{}/contacts/new", app.reseller.actor.account);
    let account = app.reseller.actor.account.to_string();
    let form = [
        ("account", account.as_str()),
        ("first_name", "Zoë"),
        ("last_name", "Quist"),
        ("email", "zoe@acme.example"),
        ("storefront_user", "on"),
    ];
    let back = post(&app, &mut owner, &page, "contacts/add", &form).await;
    let shown = owner.follow(&back).await;
    assert!(shown.text.contains("Zoë") && shown.text.contains("Confirm first that it is you."), "{}", shown.text);
    let mark = "href=\"/confirm?next=";
    let way = shown.text.split_once(mark).map(|(_, rest)| rest.split('"').next().expect("an address"));
    let way = format!("/confirm?next={}", way.expect("the way to confirm"));
    let next = owner.get(&way).await;
    let next = next.text.split_once("name=\"next\" value=\"").map(|(_, rest)| rest.split('"').next().expect("a value"));
    let next = next.expect("where to go on").replace("&amp;", "&");
    let wrong = owner.submit(&way, "sessions/confirm", &[("password", "wrong"), ("next", &next)]).await;
    assert!(owner.follow(&wrong).await.text.contains("This is not your password."));
    let right = owner.submit(&way, "sessions/confirm", &[("password", PASSWORD), ("next", &next)]).await;
    assert_eq!(right.location(), Some(next.as_str()));
    assert!(owner.follow(&right).await.text.contains("value=\"zoe@acme.example\""), "what was typed is still there");
    let done = post(&app, &mut owner, &page, "contacts/add", &form).await;
    assert!(done.location().is_some_and(|to| to.ends_with("?done=added")), "{done:?}");
}

#[tokio::test]
async fn an_app_that_its_holder_is_setting_up_is_not_shown_before_the_password_was_entered_again() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let page = "/account/second-factor/app";
    post(&app, &mut reseller, "/account/second-factor", "account/begin_app", &[]).await;
    assert!(reseller.get(page).await.text.contains("Keep your recovery codes"));
    app.world.pass(Duration::minutes(16));
    let led = reseller.get(page).await;
    assert!(!led.text.contains("Keep your recovery codes"), "{}", led.text);
    let way = led.location().expect("the way to confirm").to_owned();
    assert!(way.starts_with("/confirm?next="), "{way}");
    let form = [("password", PASSWORD), ("next", page)];
    let right = reseller.submit(&way, "sessions/confirm", &form).await;
    assert_eq!(right.location(), Some(page));
    assert!(reseller.follow(&right).await.text.contains("Keep your recovery codes"));
}

#[tokio::test]
async fn a_stolen_session_guesses_four_times_and_is_over() {
    let app = TestApp::new().await;
    let mut holder = app.signed_in(RESELLER).await;
    let mut thief = holder.clone();
    for _ in 0..4 {
        assert_eq!(thief.call("sessions/confirm", &[("password", "wrong")]).await.status, 422);
    }
    assert_eq!(thief.call("sessions/confirm", &[("password", PASSWORD)]).await.status, 401);
    assert!(holder.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
    // The sign-in itself is not locked by that.
    assert_eq!(app.signed_in(RESELLER).await.get("/customers").await.status, 200);
}

#[tokio::test]
async fn a_cookie_from_before_the_password_was_asked_for_once_more_is_worth_nothing_afterwards() {
    let app = TestApp::new().await;
    let mut holder = app.signed_in(RESELLER).await;
    let mut copy = holder.clone();
    assert_eq!(holder.call("sessions/confirm", &[("password", PASSWORD)]).await.status, 200);
    assert_eq!(holder.get("/customers").await.status, 200);
    assert!(copy.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
}

#[tokio::test]
async fn signing_in_ends_the_former_session_of_that_browser_whosever_it_was() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in(RESELLER).await;
    let mut copy = browser.clone();
    let form = [("login", BUYER), ("password", PASSWORD), ("next", "")];
    let wrong = [("login", BUYER), ("password", "wrong"), ("next", "")];
    browser.submit("/login", "sessions/sign_in", &wrong).await;
    assert_eq!(copy.get("/customers").await.status, 200, "a failed sign-in ends nothing");
    browser.submit("/login", "sessions/sign_in", &form).await;
    assert_eq!(browser.get("/customers").await.status, 200);
    assert!(copy.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
}

#[tokio::test]
async fn all_other_sessions_are_ended_on_the_own_page_without_script() {
    let app = TestApp::new().await;
    let mut here = app.signed_in(RESELLER).await;
    assert!(!here.get("/account").await.text.contains("End all other sessions"), "there are none");
    let mut lost = app.signed_in(RESELLER).await;
    assert!(here.get("/account").await.text.contains("End all other sessions"));
    let done = post(&app, &mut here, "/account", "sessions/end_others", &[]).await;
    assert_eq!(done.location(), Some("/account"));
    assert_eq!(here.follow(&done).await.status, 200);
    assert!(lost.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
}

#[tokio::test]
async fn a9_support_ends_the_sessions_of_somebody_who_lost_a_laptop() {
    let app = TestApp::new().await;
    let (mut support, mut laptop) = (app.signed_in(SUPPORT).await, app.signed_in(BUYER).await);
    let id = app.world.contact(BUYER).await.id.to_string();
    let page = format!("/office/contacts/{id}");
    let shown = support.get(&page).await;
    assert!(
        shown.text.contains("Signed in with 1 browser.") && shown.text.contains("End all sessions"),
        "{}",
        shown.text
    );
    let done = post(&app, &mut support, &page, "contacts/end_sessions", &[("id", &id)]).await;
    let shown = support.follow(&done).await;
    assert!(
        shown.text.contains("All sessions have ended.") && shown.text.contains("Signed in nowhere."),
        "{}",
        shown.text
    );
    assert!(laptop.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
}
