//! Applications, the audit log and the outbox as pages, without script.

use domain::FormKey;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use service::customers;

use crate::test_app::{OTHER_RESELLER, OWNER, RESELLER, TestApp, application};

/// The cells of a file, line by line.
fn table(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    domain::csv::lines(text).map(|line| line.expect("a line").cells).collect()
}

#[tokio::test]
async fn a3_somebody_applies_is_seen_by_the_owner_and_approved_all_without_script() {
    let app = TestApp::new().await;
    let mut anon = app.anon();
    assert!(anon.get("/").await.text.contains("Apply as a reseller"));
    let key = app.service.random.uuid().to_string();
    let wrong = anon.submit("/apply", "applications/apply", &application(&key, "ida")).await;
    let page = anon.follow(&wrong).await;
    assert!(page.text.contains("Enter an e-mail address like"), "{}", page.text);
    assert!(page.text.contains(r#"value="Initech""#), "what was typed stays");
    for email in ["ida@initech.example", RESELLER] {
        let key = app.service.random.uuid().to_string();
        let sent = anon.submit("/apply", "applications/apply", &application(&key, email)).await;
        assert_eq!((sent.status.as_u16(), sent.location()), (303, Some("/apply?done=sent")), "the same for everybody");
    }
    assert!(anon.get("/apply?done=sent").await.text.contains("Your application has arrived"));

    let mut owner = app.signed_in(OWNER).await;
    let queue = owner.get("/office/applications").await;
    assert!(queue.text.contains("Initech") && queue.text.contains("ida@initech.example"), "{}", queue.text);
    let id = queue.text.split("/office/applications/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let page = format!("/office/applications/{id}");
    let shown = owner.get(&page).await;
    let country = r#"<option value="DE" selected"#;
    for word in ["Approve", "Reject", "Prices of acme (EUR)", r#"value="ida@initech.example""#, country] {
        assert!(shown.text.contains(word), "{word}: {}", shown.text);
    }
    let key = app.service.random.uuid().to_string();
    let form = [
        (FormKey::FIELD, key.as_str()),
        ("id", id),
        ("username", "ida@initech.example"),
        ("email", "ida@initech.example"),
        ("price_list", "later"),
        ("country", "DE"),
        ("prorate", "on"),
        ("billing_day", "15"),
        ("partial_invoicing", "billing-day"),
        ("unpaid_cap", "5"),
    ];
    let slip = [&form[..], &[("credit_limit", "5.000")]].concat();
    let refused = owner.submit(&page, "applications/approve", &slip).await;
    let back = owner.follow(&refused).await;
    for word in
        ["This can be read in two ways. Write 5000 or 5.00.", r#"value="5.000""#, r#"<option value="15" selected"#]
    {
        assert!(back.text.contains(word), "{word}: {}", back.text);
    }
    let form = [&form[..], &[("credit_limit", "5,000.00")]].concat();
    let done = owner.submit(&page, "applications/approve", &form).await;
    assert_eq!(done.location(), Some(page.as_str()));
    let shown = owner.get(&page).await;
    let account = shown.text.split(r#"href="/office/accounts/"#).nth(1).and_then(|rest| rest.split('"').next());
    let account = owner.get(&format!("/office/accounts/{}", account.expect("the way to the account"))).await;
    for word in ["€ 5,000.00", r#"<option value="DE" selected"#, r#"<option value="15" selected"#] {
        assert!(account.text.contains(word), "{word}: {}", account.text);
    }
    assert!(shown.text.contains("Approved") && !shown.text.contains(r#"name="reason""#), "{}", shown.text);
    let key = app.service.random.uuid().to_string();
    let late = [(FormKey::FIELD, key.as_str()), ("id", id), ("reason", "No.")];
    let told = owner.call("applications/reject", &late).await;
    assert_eq!(told.status, 409);
    assert!(told.text.contains("application_decided"), "{}", told.text);
}

#[tokio::test]
async fn x1_the_owner_filters_the_audit_log_by_its_address_and_takes_the_whole_filter_home() {
    let app = TestApp::new().await;
    app.order().await;
    let draft = customers::begin(&app.reseller, None).await.expect("a draft");
    let key = draft.to_string().parse::<uuid::Uuid>().expect("an id").into();
    let form = domain::customers::NewCustomerForm {
        company: "=HYPERLINK(\"evil.example\")".to_owned(),
        send_link: "on".to_owned(),
        ..service::testing::person("eve@evil.example")
    };
    customers::create(&app.reseller, key, &form, &Default::default()).await.expect("a customer");

    let mut owner = app.signed_in(OWNER).await;
    let page = owner.get("/office/audit?what=license.created").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.text.matches("Created the license").count(), 5, "three rows, and two of the filter");
    assert!(page.text.contains("/office/audit/export.csv?what=license.created"), "{}", page.text);
    let nothing = owner.get("/office/audit?who=nobody@nowhere.example").await;
    assert!(nothing.text.contains("Nothing matches"), "{}", nothing.text);

    let file = owner.get("/office/audit/export.csv?what=license.created").await;
    assert_eq!(file.header(CONTENT_TYPE), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header(CONTENT_DISPOSITION), Some("attachment; filename=\"audit-2026-11-21.csv\""));
    let lines = table(&file.text);
    assert_eq!(lines[0], service::audit::Export::COLUMNS);
    assert_eq!(lines.len(), 4);
    let whole = owner.get("/office/audit/export.csv").await;
    let cells = table(&whole.text).concat();
    assert!(!cells.iter().any(|cell| cell.starts_with('=')), "no formula: {}", whole.text);
    let typed = ["'=HYPERLINK(\"evil.example\")", "name: =HYPERLINK(\"evil.example\")"];
    assert!(cells.iter().any(|cell| cell == typed[0] || cell.contains(typed[1])), "{}", whole.text);
    assert_eq!(app.signed_in(RESELLER).await.get("/office/audit/export.csv").await.status, 404);
}

#[tokio::test]
async fn x1_an_export_longer_than_one_read_is_whole_and_in_order() {
    let app = TestApp::new().await;
    let mut tx = app.service.store.write().await.expect("a transaction");
    for at in 0..1_203 {
        let event = store::audit::Event {
            id: app.service.random.uuid().into(),
            at: app.service.clock.now(),
            what: domain::audit::What::LicenseSent,
            account: None,
            contact: None,
            who: "Ada".to_owned(),
            subject: format!("thing {at}"),
            detail: None,
            address: String::new(),
            request: String::new(),
        };
        store::audit::append(&mut tx, &event).await.expect("noted");
    }
    tx.commit().await.expect("a commit");
    let file = app.signed_in(OWNER).await.get("/office/audit/export.csv?what=license.sent").await;
    let things: Vec<_> = table(&file.text).into_iter().skip(1).map(|cells| cells[5].clone()).collect();
    let wanted: Vec<_> = (0..1_203).rev().map(|at| format!("thing {at}")).collect();
    assert_eq!(things, wanted);
}

#[tokio::test]
async fn x1_an_admin_reads_the_own_history_and_nothing_of_others() {
    let app = TestApp::new().await;
    app.order().await;
    let page = app.signed_in(RESELLER).await.get("/account/history").await;
    assert!(page.text.contains("Created the license") && page.text.contains("Ada acme"), "{}", page.text);
    let other = app.signed_in(OTHER_RESELLER).await.get("/account/history").await;
    assert!(!other.text.contains("Created the license"), "{}", other.text);
    assert!(other.text.contains("Signed in"), "{}", other.text);
}

#[tokio::test]
async fn x2_a_failed_mail_is_found_by_its_state_and_tried_again_without_script() {
    let app = TestApp::new().await;
    let letter = service::mail::due(&app.service).await.expect("the outbox").expect("a mail");
    service::mail::given_up(&app.service, letter.id, "550 no such person").await.expect("noted");
    let mut owner = app.signed_in(OWNER).await;
    let page = owner.get("/office/mail?state=failed").await;
    assert!(page.text.contains("550 no such person") && page.text.contains("Retry"), "{}", page.text);
    let all = format!(r#"name="all" value="{}""#, letter.id);
    assert!(page.text.contains(&all) && page.text.contains("Select all on this page"), "{}", page.text);
    let (key, name) = (app.service.random.uuid().to_string(), format!("mail-{}", letter.id));
    let back = ("back", "/office/mail?state=failed");
    let nothing =
        owner.submit("/office/mail?state=failed", "mail/retry", &[(FormKey::FIELD, key.as_str()), back]).await;
    assert!(owner.follow(&nothing).await.text.contains("Tick at least one mail."));
    let form = [(FormKey::FIELD, key.as_str()), back, (name.as_str(), "on")];
    let done = owner.submit("/office/mail?state=failed", "mail/retry", &form).await;
    assert_eq!(done.location(), Some("/office/mail?state=failed&done=1.1"));
    assert!(owner.follow(&done).await.text.contains("on its way again"));
    assert!(owner.get("/office/mail?state=failed").await.text.contains("No mail has failed"));
    let again = service::mail::due(&app.service).await.expect("the outbox").expect("due at once");
    assert_eq!(again.id, letter.id);
}
