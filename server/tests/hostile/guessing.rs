//! Links that somebody guesses (A5, A7).

use chrono::Duration;
use http::StatusCode;
use service::{Settings, contacts, testing::PASSWORD};

use crate::test_app::{CUSTOMER, OTHER_RESELLER, RESELLER, TestApp};

/// The token of the newest link to that page which was sent to somebody.
async fn newest_token(app: &TestApp, to: &str, page: &str) -> String {
    let letters = app.world.letters().await;
    let mut texts = letters.into_iter().rev().filter(|mail| mail.recipient == to).filter_map(|mail| mail.body);
    let text = texts.find(|text| text.contains(page)).expect("a mail with a link");
    text.split(page).nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a token").to_owned()
}

/// A link that was never made, one that was used, one that a newer one has made void, and one that is too old.
async fn dead_links(app: &TestApp) -> [String; 4] {
    let sent = async |email: &str| {
        app.world.customer(&app.reseller, email).await;
        newest_token(app, email, "/activate/").await
    };
    let (used, voided) = (sent("used@bo.example").await, sent("void@bo.example").await);
    let form = [("token", used.as_str()), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
    let answer = app.anon().call("contacts/activate", &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let contact = app.world.contact("void@bo.example").await.id;
    contacts::resend_link(&app.owner, app.world.key(), contact).await.expect("sent again");
    let old = sent("old@bo.example").await;
    app.world.pass(Duration::hours(73));
    ["0".repeat(64), used, voided, old]
}

#[tokio::test]
async fn a5_who_asks_for_a_new_link_is_told_the_same_whatever_the_old_one_was() {
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    for token in dead_links(&app).await {
        let answer = app.anon().call("contacts/ask_new_link", &[("token", &token)]).await;
        let page = app.anon().submit("/activate/x", "contacts/ask_new_link", &[("token", &token)]).await;
        let to = page.location().expect("back to the link").replace(&token, "{token}");
        answers.push((answer.status, answer.text, page.status, to));
    }
    assert_eq!(answers[0].0, StatusCode::OK);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a5_no_dead_link_opens_anything_or_says_whose_it_was() {
    let app = TestApp::new().await;
    for token in dead_links(&app).await {
        for (page, shown, choose) in [("activate", "invitation", "activate"), ("reset", "reset_shown", "reset")] {
            let told = app.anon().get(&format!("/{page}/{token}")).await.text;
            assert!(!told.contains("bo.example") && !told.contains("acme"), "{told}");
            assert_eq!(app.anon().call(&format!("contacts/{shown}"), &[("token", &token)]).await.status, 409);
            let form = [("token", token.as_str()), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
            assert_eq!(app.anon().call(&format!("contacts/{choose}"), &form).await.status, 409);
        }
    }
}

#[tokio::test]
async fn a5_a7_whoever_guesses_links_has_to_wait_by_whichever_door() {
    for endpoint in ["invitation", "activate", "ask_new_link", "reset_shown", "reset"] {
        let app = TestApp::with(|settings| Settings { sign_ins_per_minute: 5, ..settings }).await;
        let mut anon = app.anon();
        let mut statuses = Vec::new();
        for guess in 0..6_u8 {
            let token = format!("{guess:02x}").repeat(32);
            let form = [("token", token.as_str()), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
            statuses.push(anon.call(&format!("contacts/{endpoint}"), &form).await.status.as_u16());
        }
        assert!(statuses[..5].iter().all(|status| *status != 429), "{endpoint}: {statuses:?}");
        assert_eq!(statuses[5], 429, "{endpoint}: {statuses:?}");
    }
}

#[tokio::test]
async fn a6_a_name_that_is_guessed_at_and_one_that_nobody_has_are_answered_alike() {
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    for login in [RESELLER, OTHER_RESELLER, CUSTOMER, "nobody@nowhere.example"] {
        let mut told = Vec::new();
        for _ in 0..5 {
            let form = [("login", login), ("password", "a wrong guess"), ("next", "")];
            let answer = app.anon().call("sessions/sign_in", &form).await;
            told.push((answer.status.as_u16(), answer.text));
        }
        answers.push((login, told));
    }
    // From the 4th on, this network waits for that name, whoever has it.
    let failed = (409_u16, r#"{"refused":"sign_in_failed"}"#.to_owned());
    let waits = (429_u16, r#"{"too_many":{"seconds":900}}"#.to_owned());
    let expected = [failed.clone(), failed.clone(), failed, waits.clone(), waits];
    for (login, told) in answers {
        assert_eq!(told[..], expected, "{login}");
    }
}
