//! People as pages, without script: contacts in the back office, the team, the staff, a forgotten password.

use axum::body::Body;
use domain::{FormKey, Role};
use http::{
    Request,
    header::{CONTENT_TYPE, HOST},
};
use service::testing::PASSWORD;

use crate::{
    browser::Answer,
    test_app::{BUYER, OWNER, RESELLER, SUPPORT, TestApp},
};

const NEW: &str = "another velvet orbit";

/// The newest mail that was written, waited for: what follows an answer may take a moment.
async fn newest_mail(app: &TestApp, with: &str) -> String {
    let wait = async {
        loop {
            let letters = app.world.letters().await;
            let found = letters.into_iter().rev().filter_map(|mail| mail.body).find(|body| body.contains(with));
            match found {
                Some(text) => return text,
                None => tokio::task::yield_now().await,
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), wait).await.expect("a mail")
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split(mark).nth(1).and_then(|rest| rest.split([' ', '\n', '"', '<']).next()).expect("what comes after it")
}

fn links_of(page: &Answer) -> Vec<&str> {
    page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// A new contact of that account, who may sign in.
fn nina<'a>(key: &'a str, account: &'a str) -> [(&'static str, &'a str); 6] {
    [
        (FormKey::FIELD, key),
        ("account", account),
        ("first_name", "Nina"),
        ("last_name", "Holm"),
        ("email", "nina@acme.example"),
        ("storefront_user", "on"),
    ]
}

#[tokio::test]
async fn a4_a5_a_contact_is_added_activates_by_mail_and_logs_in_without_script() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let account = app.reseller.actor.account.to_string();
    let list = format!("/office/accounts/{account}/contacts");
    let page = owner.get(&list).await;
    assert!(page.text.contains("Add contact") && page.text.contains(BUYER), "{}", page.text);
    let key = app.service.random.uuid().to_string();
    let form = nina(&key, &account);
    let answer = owner.submit(&format!("{list}/new"), "contacts/add", &form).await;
    let person = answer.location().expect("the person's page").to_owned();
    assert!(person.starts_with("/office/contacts/") && person.ends_with("?done=added"), "{person}");
    let page = owner.follow(&answer).await;
    assert!(page.text.contains("Pending activation") && page.text.contains("Resend activation link"), "{}", page.text);

    let mail = newest_mail(&app, "/activate/").await;
    let token = after(&mail, "/activate/").to_owned();
    let mut nina = app.anon();
    let form = [("token", token.as_str()), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
    let answer = nina.submit(&format!("/activate/{token}"), "contacts/activate", &form).await;
    assert!(nina.follow(&answer).await.text.contains("Your account is active"));
    let mail = newest_mail(&app, "Login now").await;
    assert_eq!(after(&mail, "Login now: "), "http://127.0.0.1:3000/login");
    let mut nina = app.signed_in("nina@acme.example").await;
    assert_eq!(nina.get("/team").await.status, 200, "she is an admin");
}

#[tokio::test]
async fn a5_a_link_is_shown_once_to_staff_also_without_script() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let account = app.reseller.actor.account.to_string();
    let key = app.service.random.uuid().to_string();
    let form = nina(&key, &account);
    let added = owner.submit("/", "contacts/add", &form).await;
    let person = added.location().and_then(|to| to.split('?').next()).expect("the person's page").to_owned();
    let id = person.rsplit('/').next().expect("an id");
    let key = app.service.random.uuid().to_string();
    let answer = owner.submit(&person, "contacts/copy_link", &[(FormKey::FIELD, &key), ("id", id)]).await;
    let shown = owner.follow(&answer).await;
    assert!(shown.text.contains("shown this once"), "{}", shown.text);
    let token = after(&shown.text, "http://127.0.0.1:3000/activate/").to_owned();
    assert_eq!(token.len(), 64);
    let again = owner.follow(&answer).await;
    assert!(!again.text.contains(&token), "{}", again.text);
    assert!(app.anon().get(&format!("/activate/{token}")).await.text.contains("Activate account"));
    let mut support = app.signed_in(SUPPORT).await;
    let page = support.get(&person).await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("Copy activation link") && !page.text.contains("Save"), "support reads and helps");
    assert!(page.text.contains("Resend activation link"), "{}", page.text);
}

#[tokio::test]
async fn a7_a_forgotten_password_is_replaced_without_script() {
    let app = TestApp::new().await;
    let mut anon = app.anon();
    assert!(anon.get("/login").await.text.contains(r#"href="/forgot""#));
    let mut says = Vec::new();
    for login in [RESELLER, "nobody@acme.example"] {
        let answer = anon.submit("/forgot", "contacts/forgot", &[("login", login)]).await;
        says.push((answer.status, answer.location().map(ToOwned::to_owned)));
        assert!(anon.follow(&answer).await.text.contains("If somebody signs in with that name"));
    }
    assert_eq!(says[0], says[1], "the same, whoever it is");
    let mail = newest_mail(&app, "/reset/").await;
    let token = after(&mail, "/reset/").to_owned();
    let page = format!("/reset/{token}");
    assert!(anon.get(&page).await.text.contains("Password confirmation"));
    let form = [("token", token.as_str()), ("password", NEW), ("password_confirmation", "another velvet orbot")];
    let wrong = anon.submit(&page, "contacts/reset", &form).await;
    let wrong = anon.follow(&wrong).await;
    assert!(wrong.text.contains("The two passwords are not the same.") && !wrong.text.contains(NEW), "{}", wrong.text);
    let form = [("token", token.as_str()), ("password", NEW), ("password_confirmation", NEW)];
    let answer = anon.submit(&page, "contacts/reset", &form).await;
    assert!(anon.follow(&answer).await.text.contains("Your password has been changed"));
    assert!(anon.get(&page).await.text.contains("This link has been used already."));
    let answer = anon.submit("/login", "sessions/sign_in", &[("login", RESELLER), ("password", NEW)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("/")));
}

#[tokio::test]
async fn a7_the_links_of_mails_lead_to_this_house_whatever_host_a_request_names() {
    let app = TestApp::new().await;
    let request = Request::post("/api/contacts/forgot")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(HOST, "elsewhere.example")
        .header("x-forwarded-host", "elsewhere.example")
        .header("forwarded", "host=elsewhere.example");
    app.anon().send(request, Body::from("login=admin%40acme.example")).await;
    // Whether a request that names another host is answered at all is not the point: no mail may name it.
    app.anon().submit("/forgot", "contacts/forgot", &[("login", BUYER)]).await;
    newest_mail(&app, "/reset/").await;
    for letter in app.world.letters().await {
        let text = letter.body.expect("a text");
        assert!(!text.contains("elsewhere"), "{text}");
        assert!(text.contains("http://127.0.0.1:3000/"), "{text}");
    }
}

#[tokio::test]
async fn a8_a_page_shows_what_its_reader_may_and_the_menu_no_more_than_that() {
    let app = TestApp::new().await;
    let links = async |login: &str, page: &str| {
        let page = app.signed_in(login).await.get(page).await;
        links_of(&page).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    for (login, team, staff) in
        [(RESELLER, true, false), (BUYER, false, false), (OWNER, false, true), (SUPPORT, false, false)]
    {
        let links = links(login, "/account").await;
        assert_eq!(links.iter().any(|link| link == "/team"), team, "{login}: {links:?}");
        assert_eq!(links.iter().any(|link| link == "/office/staff"), staff, "{login}: {links:?}");
    }
    let team = links(RESELLER, "/team").await;
    assert!(team.iter().any(|link| link == "/team/new"), "{team:?}");
}

#[tokio::test]
async fn a8_roles_are_given_without_script_and_a_wrong_choice_comes_back_at_its_field() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in(RESELLER).await;
    let id = app.world.contact(BUYER).await.id.to_string();
    let page = format!("/team/{id}");
    let shown = admin.get(&page).await;
    assert!(shown.text.contains("User type and roles"), "{}", shown.text);
    let key = app.service.random.uuid().to_string();
    let none = [(FormKey::FIELD, key.as_str()), ("id", &id), ("edition", "0"), ("user_type", "simple")];
    let answer = admin.submit(&page, "contacts/set_roles", &none).await;
    let back = admin.follow(&answer).await;
    assert!(back.text.contains("Tick at least one role for a simple user."), "{}", back.text);
    let roles = [none[0], none[1], none[2], none[3], ("license-manager", "on"), ("billing-agent", "on")];
    let answer = admin.submit(&page, "contacts/set_roles", &roles).await;
    assert_eq!(answer.location(), Some(format!("{page}?done=saved").as_str()));
    let buyer = app.world.contact(BUYER).await;
    assert_eq!(buyer.roles, domain::Roles::of(&[Role::LicenseManager, Role::BillingAgent]));
    let key = app.service.random.uuid().to_string();
    let made_up = [(FormKey::FIELD, key.as_str()), none[1], ("edition", "1"), none[3], ("owner", "on")];
    let answer = admin.call("contacts/set_roles", &made_up).await;
    assert_eq!(answer.status, 422, "{answer:?}");
}
