//! Forms without script: what was refused comes back with what was typed, to the one who typed it.

use domain::{
    FormKey,
    orders::OrdersQuery,
    products::{Billing, Kind},
};

use service::{Settings, testing::PASSWORD};
use store::testing::write_nothing;

use crate::test_app::{CUSTOMER, OTHER_RESELLER, RESELLER, TestApp, application};

const HARD: &str = "</textarea><script>alert(1)</script> \u{202e}\u{1F511} & \"quotes\"";

#[tokio::test]
async fn a_failed_sign_in_comes_back_with_its_message_and_the_login_but_no_password() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let form = [("login", RESELLER), ("password", "wrong-password"), ("next", "/licenses")];
    let answer = browser.submit("/login?next=%2Flicenses", "sessions/sign_in", &form).await;
    assert_eq!(answer.status, 303);
    let back = answer.location().expect("a way back");
    assert!(back.starts_with("/login?next=%2Flicenses&again="), "{back}");
    assert!(!browser.is_signed_in());

    let page = browser.follow(&answer).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("username and password do not match"), "{}", page.text);
    assert!(page.text.contains(r#"value="admin@acme.example""#), "{}", page.text);
    assert!(!page.text.contains("wrong-password"), "{}", page.text);
}

#[tokio::test]
async fn a_second_refusal_takes_the_place_of_the_first_and_success_leaves_no_trace() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let (_, license) = app.order().await;
    let page = format!("/licenses/{license}");
    let id = license.to_string();
    let key = app.service.random.uuid().to_string();
    let long = "x".repeat(10_001);
    let wrong = [(FormKey::FIELD, key.as_str()), ("id", &id), ("reseller_notes", &long)];
    let first = reseller.submit(&page, "licenses/edit", &wrong).await;
    let first = first.location().expect("a way back").to_owned();
    let second = reseller.submit(&first, "licenses/edit", &wrong).await;
    let second = second.location().expect("a way back").to_owned();
    assert_ne!(first, second);
    assert_eq!(second.matches("again=").count(), 1, "{second}");

    let right = [(FormKey::FIELD, key.as_str()), ("id", &id), ("reseller_notes", "PO 1")];
    let done = reseller.submit(&second, "licenses/edit", &right).await;
    assert_eq!(done.status, 303);
    assert!(!done.location().expect("a page").contains("again="), "{done:?}");
}

#[tokio::test]
async fn x3_hard_text_comes_back_as_it_was_typed_and_as_text() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let (_, license) = app.order().await;
    let form = [(FormKey::FIELD, ""), ("id", &license.to_string()), ("reseller_notes", HARD)];
    let answer = reseller.submit(&format!("/licenses/{license}"), "licenses/edit", &form).await;
    let page = reseller.follow(&answer).await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    assert!(page.text.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", page.text);
}

#[tokio::test]
async fn what_one_person_typed_is_not_shown_to_another() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let (_, license) = app.order().await;
    let form = [(FormKey::FIELD, ""), ("id", &license.to_string()), ("reseller_notes", "between us")];
    let answer = reseller.submit("/account", "licenses/edit", &form).await;
    let back = answer.location().expect("a way back");
    assert!(reseller.get(back).await.text.contains("between us"));
    for mut other in [app.signed_in(OTHER_RESELLER).await, app.signed_in(CUSTOMER).await, app.anon()] {
        assert!(!other.get(back).await.text.contains("between us"));
    }
}

#[tokio::test]
async fn a_link_to_what_a_stranger_typed_while_signed_out_fills_in_nobodys_form() {
    let app = TestApp::new().await;
    let form = [(FormKey::FIELD, ""), ("organisation", "planted"), ("email", "none")];
    let mut stranger = app.anon();
    let answer = stranger.submit("/apply", "applications/apply", &form).await;
    let page = answer.location().expect("its number").to_owned();
    assert!(stranger.get(&page).await.text.contains("planted"));
    for mut other in [app.anon(), app.signed_in(RESELLER).await] {
        let shown = other.get(&page).await;
        assert!(!shown.text.contains("planted"), "{}", shown.text);
    }
}

#[tokio::test]
async fn of_nobody_only_forms_of_such_people_are_kept_one_for_each_browser_and_for_an_hour() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    let mut stranger = app.anon();
    let form = [("id", license.to_string()), ("reseller_notes", "x".repeat(60_000))];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = stranger.submit("/account", "licenses/edit", &form).await;
    assert_eq!(answer.location(), Some(app::paths::login_then("/account").as_str()), "nothing is kept");

    let apply = [(FormKey::FIELD, ""), ("organisation", "Initech"), ("email", "none")];
    let first = stranger.submit("/apply", "applications/apply", &apply).await.location().expect("a number").to_owned();
    let second = stranger.submit("/apply", "applications/apply", &apply).await.location().expect("a number").to_owned();
    assert_ne!(first, second);
    assert_eq!(app.rows("drafts where contact_id is null").await, 1);
    assert!(stranger.get(&second).await.text.contains("Initech"));
    app.world.pass(chrono::Duration::minutes(61));
    assert!(!stranger.get(&second).await.text.contains("Initech"));
}

#[tokio::test]
async fn too_many_tries_are_told_on_a_page_that_leads_back_and_nothing_is_kept() {
    let app = TestApp::with(|settings| Settings { sign_ins_per_minute: 1, ..settings }).await;
    let mut stranger = app.anon();
    let token = "0".repeat(64);
    let form = [("token", token.as_str()), ("password", PASSWORD), ("password_confirmation", PASSWORD)];
    assert_eq!(stranger.submit("/reset/x?a=b", "contacts/reset", &form).await.status, 303);
    let answer = stranger.submit("/reset/x?a=b", "contacts/reset", &form).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, Some("60")));
    assert!(answer.text.contains("Too many tries. Wait 60 seconds and try again."), "{}", answer.text);
    assert!(answer.text.contains(r#"<a href="/reset/x?a=b">Back to the form</a>"#), "{}", answer.text);
    assert_eq!(app.rows("drafts where contact_id is null").await, 1, "of the first try alone");
}

#[tokio::test]
async fn x5_an_application_after_too_many_stands_in_the_answer_and_nothing_of_it_is_kept() {
    let app = TestApp::with(|settings| Settings { applications_per_hour: 1, ..settings }).await;
    let mut stranger = app.anon();
    let keys = [(); 2].map(|()| app.service.random.uuid().to_string());
    let first = stranger.submit("/apply", "applications/apply", &application(&keys[0], "ida@initech.example")).await;
    assert_eq!(first.location(), Some("/apply?done=sent"), "{first:?}");
    let told = stranger.submit("/apply", "applications/apply", &application(&keys[1], "ng@initech.example")).await;
    assert_eq!((told.status.as_u16(), told.header("retry-after")), (429, Some("360")), "{told:?}");
    for expected in [
        "Too many tries. Wait 6 minutes and try again.",
        r#"<form method="post" action="/api/applications/apply?back=%2Fapply">"#,
        &format!(r#"<input type="hidden" name="{}" value="{}">"#, FormKey::FIELD, keys[1]),
        r#"<input type="hidden" name="message" value="Brooms,&#10;to &lt;offices&gt;">"#,
        r#"<a href="/apply">Back to the form</a>"#,
    ] {
        assert!(told.text.contains(expected), "{expected}: {}", told.text);
    }
    assert_eq!(app.rows("drafts where contact_id is null").await, 0);
}

#[tokio::test]
async fn x3_an_application_that_is_too_long_comes_back_whole_with_its_key() {
    let app = TestApp::new().await;
    let mut stranger = app.anon();
    let key = app.service.random.uuid().to_string();
    // Two bytes each, six in the body of the form.
    let long = "ä".repeat(10_000);
    let mut fields = application(&key, "ida@initech.example");
    fields[7].1 = &long;
    let answer = stranger.submit("/apply", "applications/apply", &fields).await;
    let page = stranger.follow(&answer).await;
    assert_eq!(page.status, 200);
    for expected in ["Shorten this to 2000 characters; it has 10000.", &long, &key, r#"value="Initech""#] {
        assert!(page.text.contains(expected), "{expected}: {}", page.text);
    }
    assert_eq!(page.text.matches("class=\"error-summary\"").count(), 1, "{}", page.text);
}

#[tokio::test]
async fn pages_for_strangers_come_without_the_program_and_have_it_fetched_ahead() {
    let app = TestApp::new().await;
    let link = "0123456789abcdef";
    for page in ["/", "/login", "/forgot", "/apply", "/apply?done=sent", &format!("/reset/{link}")] {
        let shown = app.anon().get(page).await.text;
        assert!(shown.contains(r#"rel="prefetch""#) && !shown.contains("modulepreload"), "{page}: {shown}");
    }
    let activation = app.anon().get(&format!("/activate/{link}")).await.text;
    let signed_in = app.signed_in(RESELLER).await.get("/apply").await.text;
    for page in [activation, signed_in] {
        assert!(page.contains("modulepreload") && !page.contains(r#"rel="prefetch""#), "{page}");
    }
}

#[tokio::test]
async fn o2_a_form_whose_outcome_nobody_knows_can_be_sent_again_as_it_was() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let (_, license) = app.order().await;
    let id = license.to_string();
    let key = app.service.random.uuid().to_string();
    app.service.store.close().await;
    let form = [(FormKey::FIELD, key.as_str()), ("id", &id), ("reseller_notes", HARD), ("password", "secret")];
    let answer = reseller.submit("/licenses?q=a", "licenses/edit", &form).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, Some("5")));
    for expected in [
        "Send the same form again: it is done only once.",
        r#"<form method="post" action="/api/licenses/edit?back=%2Flicenses%3Fq%3Da">"#,
        &format!(r#"<input type="hidden" name="{}" value="{key}">"#, FormKey::FIELD),
        r#"value="&lt;/textarea&gt;&lt;script&gt;alert(1)"#,
        r#"<a href="/licenses?q=a">Back to the form</a>"#,
    ] {
        assert!(answer.text.contains(expected), "{expected}: {}", answer.text);
    }
    assert!(!answer.text.contains("secret") && !answer.text.contains("<script>alert"), "{}", answer.text);
}

#[tokio::test]
async fn r9_o2_while_nothing_can_be_written_a_form_keeps_its_text_and_its_key_and_is_done_once() {
    let app = TestApp::new().await;
    let (mut reseller, mut stranger) = (app.signed_in(RESELLER).await, app.anon());
    let (_, license) = app.order().await;
    let id = license.to_string();
    let key = app.service.random.uuid().to_string();
    let form = [(FormKey::FIELD, key.as_str()), ("id", &id), ("reseller_notes", "PO <118>")];
    // Everybody is read on; only what writes fails, that the form is kept included.
    write_nothing(&app.service.store, true).await;
    let answer = reseller.submit("/licenses?q=a", "licenses/edit", &form).await;
    assert_eq!(answer.status, 503, "{answer:?}");
    for expected in [
        "nothing was done this time",
        "Send the same form again",
        r#"<form method="post" action="/api/licenses/edit?back=%2Flicenses%3Fq%3Da">"#,
        &format!(r#"<input type="hidden" name="{}" value="{key}">"#, FormKey::FIELD),
        r#"<input type="hidden" name="reseller_notes" value="PO &lt;118&gt;">"#,
    ] {
        assert!(answer.text.contains(expected), "{expected}: {}", answer.text);
    }
    // Nor is what a stranger typed lost, whatever else is wrong with it.
    let apply = [(FormKey::FIELD, key.as_str()), ("organisation", "Initech"), ("email", "none")];
    let told = stranger.submit("/apply", "applications/apply", &apply).await;
    assert_eq!(told.status, 503, "{told:?}");
    assert!(told.text.contains(r#"name="organisation" value="Initech""#), "{}", told.text);

    write_nothing(&app.service.store, false).await;
    for _ in 0..2 {
        let again = reseller.submit("", "licenses/edit?back=%2Flicenses%3Fq%3Da", &form).await;
        assert_eq!(again.status, 303, "{again:?}");
        assert!(!again.location().expect("a page").contains("again="), "{again:?}");
    }
    let edits = app.world.written_down(license).await;
    assert_eq!(edits.iter().filter(|what| **what == "license.edited").count(), 1, "{edits:?}");
}

#[tokio::test]
async fn four_hundred_junk_forms_of_strangers_do_not_grow_the_database() {
    let app = TestApp::new().await;
    let (junk, token) = ("\u{1}".repeat(60_000), "0".repeat(64));
    let (empty, mut before) = (app.bytes(), 0);
    for number in 0..700 {
        if number == 300 {
            // There are as many as are kept, and SQLite's log is as long as it becomes.
            before = app.bytes();
        }
        let form = [("token", token.as_str()), ("password", PASSWORD), ("junk", junk.as_str())];
        assert!(app.anon().submit("/reset/x", "contacts/reset", &form).await.status.is_redirection());
    }
    let (first, grown) = (before.saturating_sub(empty), app.bytes().saturating_sub(before));
    println!("300 junk forms of 60,000 characters: {first} bytes with SQLite's log; 400 more: {grown} bytes");
    assert!(grown < 128 * 1024, "{grown} bytes");
    assert_eq!(app.rows("drafts where contact_id is null").await, 64);
}

#[tokio::test]
async fn x3_seventy_refused_forms_of_one_kind_push_out_none_of_another_and_an_empty_one_is_shown_with_its_message() {
    let app = TestApp::new().await;
    let mut ida = app.anon();
    let form = [(FormKey::FIELD, ""), ("organisation", "Initech"), ("email", "none")];
    let kept = ida.submit("/apply", "applications/apply", &form).await.location().expect("a number").to_owned();
    for number in 0..70 {
        let mut stranger = app.anon();
        let answer = stranger.submit("/forgot", "contacts/forgot", &[("login", " ")]).await;
        let page = answer.location().expect("the page again").to_owned();
        if number == 69 {
            let page = stranger.get(&page).await.text;
            assert!(page.contains("Enter your"), "the message stands at the field: {page}");
        }
    }
    assert_eq!(app.rows("drafts where contact_id is null").await, 65, "64 of one kind, one of the other");
    assert!(ida.get(&kept).await.text.contains("Initech"));
}

#[tokio::test]
async fn an_expired_session_asks_to_sign_in_and_goes_on_with_what_was_typed() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let (_, license) = app.order().await;
    app.world.pass(chrono::Duration::hours(13));
    let page = format!("/licenses/{license}");
    let form = [(FormKey::FIELD, ""), ("id", &license.to_string()), ("reseller_notes", "typed for an hour")];
    let answer = reseller.submit(&page, "licenses/edit", &form).await;
    let sign_in = answer.location().expect("the sign-in").to_owned();
    let back = app::paths::login_then(&format!("{page}?again="));
    assert!(sign_in.starts_with(&back), "{sign_in}");

    let next = reseller.get(&sign_in).await;
    let next = next.text.split(r#"name="next" value=""#).nth(1).and_then(|rest| rest.split('"').next());
    let next = next.expect("the field next").to_owned();
    let form = [("login", RESELLER), ("password", PASSWORD), ("next", &next)];
    let answer = reseller.submit(&sign_in, "sessions/sign_in", &form).await;
    assert!(reseller.follow(&answer).await.text.contains("typed for an hour"));
}

#[tokio::test]
async fn a_body_that_is_no_form_of_ours_is_a_message_and_not_a_bare_error() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    for fields in [&[][..], &[("view[state]", "nonsense")], &[("id[]", "1"), ("id[0][x]", "2")]] {
        for endpoint in ["licenses/edit", "licenses/list", "sessions/sign_in"] {
            let script = reseller.clone().call(endpoint, fields).await;
            assert!(!script.status.is_server_error(), "{endpoint} {fields:?}: {script:?}");
            let answer = reseller.submit("/account", endpoint, fields).await;
            assert_eq!(answer.status, 303, "{endpoint} {fields:?}: {answer:?}");
            assert_eq!(reseller.follow(&answer).await.status, 200, "{endpoint} {fields:?}");
        }
    }
}

#[tokio::test]
async fn a_referer_of_another_host_is_not_followed() {
    let app = TestApp::new().await;
    let mut browser = app.anon();
    let answer = browser.submit("@elsewhere.example/login", "sessions/sign_in", &[("login", "a")]).await;
    let location = answer.location().expect("a way back");
    assert!(location.starts_with("/?again="), "{location}");
}

#[tokio::test]
async fn o1_a_customer_is_created_inside_the_checkout_and_what_was_typed_stays() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let option = app.world.option("Store Broom", Kind::Primary, Billing::OneTime).await.id.to_string();
    let key = app.service.random.uuid().to_string();
    let add = [(FormKey::FIELD, key.as_str()), ("option", &option), ("license_type", "permanent"), ("quantity", "1")];
    let added = reseller.submit("/catalog", "basket/add", &add).await;
    assert_eq!(added.location(), Some("/basket"));
    let basket = service::orders::basket(&app.reseller).await.expect("a basket").draft.expect("a draft").to_string();
    let typed =
        [(FormKey::FIELD, basket.as_str()), ("total", "7000"), ("reseller_notes", "PO 118"), ("then", "customer")];
    let answer = reseller.submit("/basket/checkout", "basket/place", &typed).await;
    assert_eq!(answer.location(), Some(format!("/customers/new?basket={basket}").as_str()));
    let wizard = reseller.follow(&answer).await;
    let wizard = if wizard.status == 200 { wizard } else { reseller.follow(&wizard).await };
    assert!(wizard.text.contains("Checkout"), "{}", wizard.text);
    let checkout = reseller.get("/basket/checkout").await;
    assert!(checkout.text.contains("PO 118") && checkout.text.contains("Place order"), "{}", checkout.text);
    assert_eq!(service::orders::list(&app.reseller, &OrdersQuery::default()).await.expect("a list").rows, []);
}

#[tokio::test]
async fn r14_o2_who_sends_a_wizard_that_has_ended_with_other_entries_is_told_that_they_changed_nothing() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let draft = service::customers::begin(&app.reseller, None).await.expect("a draft");
    let (person, access) = (app::paths::new_customer_person(draft), app::paths::new_customer_access(draft));
    let draft = draft.to_string();
    let entries = |last: &'static str| {
        let name = [("email", "bea@northwind.example"), ("first_name", "Bea"), ("last_name", last)];
        [&[("draft", draft.as_str())], &name[..]].concat()
    };
    assert_eq!(reseller.submit(&person, "customers/save", &entries("Lind")).await.location(), Some(access.as_str()));
    let create = [(FormKey::FIELD, draft.as_str()), ("send_link", "on")];
    let made = reseller.submit(&access, "customers/create", &create).await.location().expect("the customer").to_owned();
    let other = reseller.submit(&person, "customers/save", &entries("Lindgren")).await;
    let told = reseller.follow(&other).await;
    assert_eq!(told.status, 200, "{told:?}");
    assert!(told.text.contains("What you have entered since was not taken over."), "{}", told.text);
    let made = made.split('?').next().expect("an address");
    let link = told.text.split("See what was made").next().and_then(|before| before.rsplit("<a ").next());
    assert!(link.expect("a link").contains(&format!("href=\"{made}\"")), "{made}: {}", told.text);
    assert_eq!(reseller.get(&person).await.location(), Some(made), "without other entries it leads on");
}

#[tokio::test]
async fn x3_a_wrong_quantity_stays_at_its_line_of_the_basket_with_its_message() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let mut lines = Vec::new();
    for product in ["Store Broom", "Store Mop"] {
        let option = app.world.option(product, Kind::Primary, Billing::OneTime).await.id.to_string();
        let key = app.service.random.uuid().to_string();
        let add =
            [(FormKey::FIELD, key.as_str()), ("option", &option), ("license_type", "permanent"), ("quantity", "1")];
        assert_eq!(reseller.submit("/catalog", "basket/add", &add).await.location(), Some("/basket"));
        lines.push(option);
    }
    let (line, key) = (format!("line-{}-permanent", lines[0]), app.service.random.uuid().to_string());
    let sent = format!("{line}-set");
    let wrong = [
        (FormKey::FIELD, key.as_str()),
        ("line", &sent),
        ("option", &lines[0]),
        ("license_type", "permanent"),
        ("quantity", "a few"),
    ];
    let answer = reseller.submit("/basket", "basket/set", &wrong).await;
    let page = reseller.follow(&answer).await;
    assert!(page.text.contains(&format!("id=\"{line}-quantity-error\"")), "{}", page.text);
    assert_eq!(page.text.matches("value=\"a few\"").count(), 1, "{}", page.text);
    assert_eq!(page.text.matches("class=\"error-summary\"").count(), 1, "{}", page.text);
}

#[tokio::test]
async fn b2_x3_what_is_no_number_of_licenses_to_add_is_told_at_the_field_and_has_no_price() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    let monthly = app.world.option("Cloud Sync", Kind::Primary, Billing::Monthly).await.id;
    let order = app.world.create(&app.reseller, monthly, app.customer, 1, "subscription").await.expect("an order");
    let license = service::orders::executed(&app.reseller, order).await.expect("an order").licenses[0].row.id;
    let page = reseller.get(&format!("/licenses/{license}/add?quantity=1e3")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Enter a whole number from 1 to 1000."), "{}", page.text);
    assert!(page.text.contains("value=\"1e3\"") && !page.text.contains("subscriptions/add"), "{}", page.text);
    let page = reseller.get(&format!("/licenses/{license}/add?quantity=3")).await;
    assert!(page.text.contains("3 × €") && page.text.contains("subscriptions/add"), "{}", page.text);
}
