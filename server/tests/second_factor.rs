//! The second factor without script: asked of everybody, set up, and taken from who has lost it.

use domain::FormKey;
use service::testing::PASSWORD;

use crate::{
    browser::{Answer, Browser},
    test_app::{BUYER, OWNER, RESELLER, TestApp},
};

/// Posts a form of that page with a fresh key.
async fn post(app: &TestApp, browser: &mut Browser, page: &str, to: &str, more: &[(&str, &str)]) -> Answer {
    let key = app.service.random.uuid().to_string();
    let fields = [&[(FormKey::FIELD, key.as_str())], more].concat();
    browser.submit(page, to, &fields).await
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map(|(_, rest)| rest).expect("the first mark");
    rest.split(to).next().expect("the second mark")
}

/// Sets an app up, as a person does who sees the page.
async fn set_up(app: &TestApp, browser: &mut Browser) -> Answer {
    let begun = post(app, browser, "/account/second-factor", "account/begin_app", &[]).await;
    assert_eq!(begun.location(), Some("/account/second-factor/app"), "{begun:?}");
    let page = browser.follow(&begun).await;
    let secret = between(between(&page.text, "class=\"secret\"", "</code>"), ">", "<").to_owned();
    let code = service::contacts::code_at(&secret, app.service.clock.now());
    let done = post(app, browser, "/account/second-factor/app", "account/confirm_app", &[("code", &code)]).await;
    browser.follow(&done).await
}

#[tokio::test]
async fn second_factor_required_by_the_operator_leads_a_reseller_to_set_one_up_and_leaves_the_way_out() {
    let app = TestApp::new().await;
    let (mut owner, mut reseller) = (app.signed_in(OWNER).await, app.signed_in(RESELLER).await);
    let id = app.reseller.actor.account.to_string();
    let page = format!("/office/accounts/{id}");
    let shown = owner.get(&page).await;
    assert!(shown.text.contains("2 people have none yet.") && shown.text.contains("Require a second factor"));
    let form = [("account", id.as_str()), ("required", "on")];
    let done = post(&app, &mut owner, &page, "contacts/require_second_factor", &form).await;
    let shown = owner.follow(&done).await;
    assert!(shown.text.contains("Do not require it any more"), "{}", shown.text);
    assert_eq!(owner.get("/office").await.status, 200, "the staff is not asked");

    for page in ["/", "/customers", "/licenses", "/team"] {
        let led = reseller.get(page).await;
        assert_eq!((led.status.as_u16(), led.location()), (302, Some("/account/second-factor")), "{page}");
    }
    let call = reseller.call("customers/list", &[]).await;
    assert_eq!(call.status, 403, "{call:?}");
    for page in ["/account", "/account/second-factor", "/confirm"] {
        assert_eq!(reseller.get(page).await.status, 200, "{page}");
    }
    let fresh = app.anon().submit("/login", "sessions/sign_in", &[("login", RESELLER), ("password", PASSWORD)]).await;
    assert_eq!(fresh.location(), Some("/account/second-factor"));
    let mut leaving = app.signed_in(RESELLER).await;
    let out = leaving.submit("/account", "sessions/sign_out", &[]).await;
    assert_eq!(out.location(), Some("/login"));

    let shown = set_up(&app, &mut reseller).await;
    assert!(shown.text.contains("The second factor is on."), "{}", shown.text);
    assert!(!shown.text.contains("/api/account/remove_app"), "it stays on");
    assert_eq!(reseller.get("/customers").await.status, 200, "everything is open");
    let team = reseller.get("/team").await;
    assert!(team.text.contains("The operator requires it") && !team.text.contains("Require a second factor"));
}

#[tokio::test]
async fn second_factor_is_asked_of_the_own_team_and_of_the_staff() {
    let app = TestApp::new().await;
    for (login, page, account) in
        [(RESELLER, "/team", app.reseller.actor.account), (OWNER, "/office/staff", app.owner.actor.account)]
    {
        let mut browser = app.signed_in(login).await;
        set_up(&app, &mut browser).await;
        let shown = browser.get(page).await;
        assert!(shown.text.contains("1 person has none yet."), "{page}: {}", shown.text);
        let form = [("account", account.to_string()), ("required", "on".to_owned())];
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = post(&app, &mut browser, page, "contacts/require_second_factor", &form).await;
        assert_eq!(done.location(), Some(page), "{done:?}");
        assert!(browser.follow(&done).await.text.contains("Do not require it any more"));
    }
    let led = app.signed_in(BUYER).await.get("/customers").await;
    assert_eq!(led.location(), Some("/account/second-factor"));
}

#[tokio::test]
async fn second_factor_that_was_lost_is_taken_away_on_the_page_of_the_person() {
    let app = TestApp::new().await;
    let mut buyer = app.signed_in(BUYER).await;
    set_up(&app, &mut buyer).await;
    let id = app.world.contact(BUYER).await.id.to_string();
    let mut admin = app.signed_in(RESELLER).await;
    let page = format!("/team/{id}");
    assert!(admin.get(&page).await.text.contains("Take second factor away"));
    let slip = post(&app, &mut admin, &page, "contacts/take_second_factor", &[("id", &id)]).await;
    let back = admin.follow(&slip).await;
    assert!(back.text.contains("Make sure who asks, and tick this."), "{}", back.text);
    assert_eq!(buyer.get("/customers").await.status, 200, "nothing was done");
    let form = [("id", id.as_str()), ("sure", "on")];
    let done = post(&app, &mut admin, &page, "contacts/take_second_factor", &form).await;
    assert_eq!(done.location(), Some(format!("{page}?done=factor-taken").as_str()));
    let shown = admin.follow(&done).await;
    assert!(shown.text.contains("The second factor is taken away."), "{}", shown.text);
    assert!(!shown.text.contains("Take second factor away"), "{}", shown.text);
    assert!(buyer.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
    assert_eq!(app.signed_in(BUYER).await.get("/customers").await.status, 200, "the password is enough again");
}
