//! Requests that name another host than ours: no link of a mail, and nowhere that a browser is sent, is made of it.

use axum::body::Body;
use domain::FormKey;
use http::{
    Request,
    header::{ACCEPT, CONTENT_TYPE, HOST},
};
use server::Network;
use url::form_urlencoded;

use crate::{
    browser::{Answer, Browser},
    test_app::{BUYER, OWNER, TestApp},
};

const ELSEWHERE: &str = "elsewhere.example";

/// Posts a form under a host of the sender's choice, by every header that has ever been believed.
async fn post(app: &TestApp, browser: &mut Browser, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
    let key = app.service.random.uuid().to_string();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair(FormKey::FIELD, &key).extend_pairs(fields);
    let request = Request::post(format!("/api/{endpoint}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "text/html")
        .header(HOST, ELSEWHERE)
        .header("x-forwarded-host", ELSEWHERE)
        .header("x-forwarded-server", ELSEWHERE)
        .header("x-host", ELSEWHERE)
        .header("x-original-url", format!("http://{ELSEWHERE}/"))
        .header("forwarded", format!("host={ELSEWHERE};proto=http"));
    browser.send(request, Body::from(form.finish())).await
}

#[tokio::test]
async fn a5_a7_a_link_in_a_mail_comes_from_the_setting_also_behind_a_trusted_proxy() {
    for trusted_proxy in [false, true] {
        let base_url = "https://keys.example".parse().expect("an address");
        let app = TestApp::behind(Network { base_url, trusted_proxy, requests_per_second: 0 }).await;
        let before = app.world.letters().await.len();
        let (mut owner, mut anon) = (app.signed_in(OWNER).await, app.anon());
        let account = app.reseller.actor.account.to_string();
        let person = [("first_name", "Nina"), ("last_name", "Holm"), ("email", "nina@acme.example")];
        let person = [&person[..], &[("account", account.as_str()), ("storefront_user", "on")]].concat();
        let added = post(&app, &mut owner, "contacts/add", &person).await;
        let buyer = app.world.contact(BUYER).await.id.to_string();
        let nina = app.world.contact("nina@acme.example").await.id.to_string();
        let answers = [
            added,
            post(&app, &mut owner, "contacts/resend_link", &[("id", &nina)]).await,
            post(&app, &mut owner, "contacts/send_reset", &[("id", &buyer)]).await,
            post(&app, &mut anon, "contacts/ask_new_link", &[("token", "never made")]).await,
        ];
        let application = [
            ("organisation", "Initech"),
            ("first_name", "Ida"),
            ("last_name", "Ng"),
            ("email", "ida@initech.example"),
            ("phone", "+49 30 1234"),
            ("country", "Germany"),
        ];
        let applied = post(&app, &mut anon, "applications/apply", &application).await;
        for answer in answers.iter().chain([&applied]) {
            assert_eq!(answer.status, 303, "{answer:?}");
            assert!(answer.location().is_some_and(|to| to.starts_with('/')), "{answer:?}");
        }
        let letters = app.world.letters().await.split_off(before);
        assert!(letters.len() >= 5, "{}", letters.len());
        for letter in letters {
            let text = letter.body.expect("a text");
            assert!(!text.contains("elsewhere"), "{text}");
            let links = text.match_indices("http").map(|(at, _)| &text[at..]);
            assert!(links.clone().all(|link| link.starts_with("https://keys.example")), "{text}");
        }
    }
}
