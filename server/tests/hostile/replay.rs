//! A code of the second factor that was seen over a shoulder, and the half of a session without one.

use domain::contacts::CodeForm;
use http::StatusCode;
use service::{contacts, testing::PASSWORD};

use crate::{
    browser::Browser,
    test_app::{RESELLER, TestApp},
};

/// `RESELLER` with an app; gives the code that it shows now, a few minutes after it was set up, and a recovery code.
async fn with_app(app: &TestApp) -> (String, String) {
    contacts::begin_app(&app.reseller, app.world.key()).await.expect("begun");
    let new = contacts::new_app(&app.reseller).await.expect("an app");
    let code = |at| CodeForm { code: contacts::code_at(&new.secret, at).as_str().into() };
    contacts::confirm_app(&app.reseller, app.world.key(), &code(app.reseller.now())).await.expect("confirmed");
    app.world.pass(chrono::Duration::minutes(3));
    (contacts::code_at(&new.secret, app.reseller.now()), new.recovery[0].clone())
}

/// Signed in with the password, and no further.
async fn half_way(app: &TestApp) -> Browser {
    let mut browser = app.anon();
    let form = [("login", RESELLER), ("password", PASSWORD), ("next", "/customers")];
    let answer = browser.submit("/login", "sessions/sign_in", &form).await;
    assert_eq!(answer.location(), Some("/login/code?next=%2Fcustomers"));
    browser
}

#[tokio::test]
async fn a_code_that_was_used_opens_no_second_browser() {
    let app = TestApp::new().await;
    let (code, recovery) = with_app(&app).await;
    let (mut holder, mut thief) = (half_way(&app).await, half_way(&app).await);
    for code in [code, recovery] {
        let before = holder.clone();
        let answer = holder.submit("/login/code", "sessions/prove", &[("code", &code), ("next", "/customers")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("/customers")));
        assert_eq!(holder.get("/customers").await.status, StatusCode::OK);
        let replayed = thief.call("sessions/prove", &[("code", &code)]).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "{replayed:?}");
        assert_eq!(thief.get("/customers").await.location(), Some("/login/code?next=%2Fcustomers"));
        // The cookie from before the proof is worth nothing: whoever planted it in the browser is not signed in with it.
        assert_eq!(before.clone().get("/customers").await.location(), Some("/login?next=%2Fcustomers"));
        holder = half_way(&app).await;
    }
}

#[tokio::test]
async fn of_two_browsers_that_send_one_code_at_once_one_comes_in() {
    let app = TestApp::new().await;
    let (code, _) = with_app(&app).await;
    let (mut one, mut two) = (half_way(&app).await, half_way(&app).await);
    let form = [("code", code.as_str())];
    let (first, second) = tokio::join!(one.call("sessions/prove", &form), two.call("sessions/prove", &form));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
}

#[tokio::test]
async fn the_password_alone_reads_and_changes_nothing_where_a_code_is_due() {
    let app = TestApp::new().await;
    with_app(&app).await;
    let mut half = half_way(&app).await;
    let key = app.service.random.uuid().to_string();
    for (endpoint, form) in [
        ("sessions/list", vec![]),
        ("sessions/confirm", vec![("password", PASSWORD)]),
        ("account/second_factor", vec![]),
        ("account/remove_app", vec![("idempotency_key", key.as_str())]),
        ("account/begin_app", vec![("idempotency_key", key.as_str())]),
        ("contacts/change_password", vec![("idempotency_key", key.as_str()), ("current", PASSWORD)]),
        ("audit/own", vec![]),
    ] {
        let answer = half.call(endpoint, &form).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (403, r#"{"due":"proof"}"#), "{endpoint}");
    }
    assert_eq!(half.get("/events").await.status, StatusCode::FORBIDDEN);
}
