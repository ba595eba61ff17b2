//! The back office without script: accounts are added, changed and suspended by plain forms.

use domain::FormKey;

use crate::{
    browser::Browser,
    test_app::{OWNER, RESELLER, TestApp},
};

const FIELDS: [(&str, &str); 8] = [
    ("time_zone", "Europe/Berlin"),
    ("currency", "EUR"),
    ("payment_days", "14"),
    ("ordering", "on"),
    ("reselling", "on"),
    ("billing_day", "first"),
    ("partial_invoicing", "order-day"),
    ("unpaid_cap", "10"),
];

/// Posts a form of that page with these fields beside those that every account has.
async fn post(
    app: &TestApp,
    browser: &mut Browser,
    page: &str,
    to: &str,
    more: &[(&str, &str)],
) -> crate::browser::Answer {
    let key = app.service.random.uuid().to_string();
    let mut fields = vec![(FormKey::FIELD, key.as_str())];
    fields.extend(FIELDS);
    fields.extend(more);
    browser.submit(page, to, &fields).await
}

#[tokio::test]
async fn a1_an_account_is_added_and_its_page_leads_to_what_is_missing() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let home = owner.get("/").await;
    assert_eq!(home.location(), Some("/office"));
    let new = owner.get("/office/accounts/new").await;
    assert_eq!(new.status, 200);
    assert!(new.text.contains("Credit limit") && new.text.contains("Åland Islands"), "{}", new.text);
    let more = [("name", "Initech & <Sons>"), ("email", "office@initech.example"), ("credit_limit", "5,000.00")];
    let added = post(&app, &mut owner, "/office/accounts/new", "accounts/create", &more).await;
    assert_eq!(added.status, 303, "{added:?}");
    let page = owner.follow(&added).await;
    assert_eq!(page.status, 200);
    for words in ["Account added.", "Initech &amp; &lt;Sons&gt;", "€ 5,000.00", "Assign a price list that holds today"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let list = owner.get("/office/accounts?q=sons").await;
    assert!(list.text.contains("Initech &amp; &lt;Sons&gt;") && list.text.contains("Not ready"), "{}", list.text);
    let office = owner.get("/office").await;
    assert!(office.text.contains("Initech &amp; &lt;Sons&gt;"), "{}", office.text);
}

#[tokio::test]
async fn a1_who_was_slower_is_told_keeps_what_was_typed_and_can_save_again() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let id = app.reseller.actor.account.to_string();
    let page = format!("/office/accounts/{id}");
    let first = [("id", id.as_str()), ("edition", "1"), ("name", "acme"), ("city", "Hamburg")];
    let saved = post(&app, &mut owner, &page, "accounts/edit", &first).await;
    assert_eq!(saved.location(), Some(format!("{page}?done=saved").as_str()));

    let second = [("id", id.as_str()), ("edition", "1"), ("name", "acme"), ("phone", "+49 40 77")];
    let refused = post(&app, &mut owner, &page, "accounts/edit", &second).await;
    let back = owner.follow(&refused).await;
    for words in
        ["changed city from nothing to \u{201c}Hamburg\u{201d}", r#"value="+49 40 77""#, r#"name="edition" value="2""#]
    {
        assert!(back.text.contains(words), "{words}: {}", back.text);
    }
    let again = [("edition", "2"), ("id", id.as_str()), ("name", "acme"), ("phone", "+49 40 77"), ("city", "Hamburg")];
    let saved = post(&app, &mut owner, &page, "accounts/edit", &again).await;
    assert_eq!(saved.location(), Some(format!("{page}?done=saved").as_str()));
    let shown = owner.get(&page).await;
    assert!(shown.text.contains(r#"value="+49 40 77""#) && shown.text.contains(r#"value="Hamburg""#), "{}", shown.text);
}

#[tokio::test]
async fn a1_whoever_is_signed_in_is_out_with_the_suspension_of_their_account() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let mut reseller = app.signed_in(RESELLER).await;
    let id = app.reseller.actor.account.to_string();
    let page = format!("/office/accounts/{id}");
    let more = [("id", id.as_str()), ("reason", "Invoice 7 is overdue")];
    let done = post(&app, &mut owner, &page, "accounts/suspend", &more).await;
    let shown = owner.follow(&done).await;
    assert!(shown.text.contains("Invoice 7 is overdue") && shown.text.contains("Reactivate account"), "{}", shown.text);
    assert!(reseller.get("/customers").await.location().is_some_and(|to| to.starts_with("/login")));
    let form = [("login", RESELLER), ("password", service::testing::PASSWORD), ("next", "")];
    let refused = app.anon().submit("/login", "sessions/sign_in", &form).await;
    assert!(refused.location().is_some_and(|to| to.starts_with("/login?again=")), "{refused:?}");
    let told = app.anon().call("sessions/sign_in", &form).await;
    assert_eq!(told.status, 409);
    assert!(told.text.contains("suspended"), "{}", told.text);
}
