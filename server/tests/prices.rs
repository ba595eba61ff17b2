//! The pages of products, prices and the catalog, as they are read and posted without script.

use domain::{
    FormKey, Role, Roles,
    products::{Billing, Kind},
};
use store::contacts::Contact;

use crate::test_app::{OWNER, RESELLER, TestApp};

/// Sees the catalog, and creates no licenses.
const AGENT: &str = "agent@acme.example";

async fn price_list(app: &TestApp) -> String {
    let mut tx = app.service.store.read().await.expect("a transaction");
    let account = store::accounts::by_id(&mut tx, app.reseller.actor.account).await.expect("an account");
    account.and_then(|account| account.price_list).expect("a price list").to_string()
}

#[tokio::test]
async fn p1_a_price_is_set_without_script_and_the_reseller_reads_it_in_the_catalog() {
    let app = TestApp::new().await;
    let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
    let list = price_list(&app).await;
    let mut owner = app.signed_in(OWNER).await;
    let page = owner.get(&format!("/office/price-lists/{list}/price")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("Cloud Backup, Primary license (€ 100.00)"), "{}", page.text);
    let (key, of) = (app.service.random.uuid().to_string(), option.id.to_string());
    let form = [
        (FormKey::FIELD, key.as_str()),
        ("list", &list),
        ("edition", "1"),
        ("option", &of),
        ("from_quantity", "10"),
        ("fixed_price", "45.50"),
        ("percent_off", ""),
    ];
    let done = owner.submit(&format!("/office/price-lists/{list}/price"), "price_lists/set_price", &form).await;
    assert_eq!(done.location(), Some(format!("/office/price-lists/{list}?done=price").as_str()), "{done:?}");
    let page = owner.follow(&done).await;
    for words in ["Price set.", "€ 45.50", "acme", "Fixed price"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let seen = owner.get(&format!("/office/accounts/{}/seen-as", app.reseller.actor.account)).await;
    assert!(seen.text.contains("Fixed price in the price list"), "{}", seen.text);

    let catalog = app.signed_in(RESELLER).await.get("/catalog").await;
    for words in
        ["Cloud Backup", "€ 70.00", "€ 45.50 each from 10 on", "Trial 30 days", "Start trial", "Create license"]
    {
        assert!(catalog.text.contains(words), "{words}: {}", catalog.text);
    }
}

#[tokio::test]
async fn p1_who_was_slower_without_script_is_told_and_what_else_is_wrong_makes_nobody_forget_it() {
    let app = TestApp::new().await;
    let list = price_list(&app).await;
    let mut owner = app.signed_in(OWNER).await;
    let page = format!("/office/price-lists/{list}");
    // Saved by another; told; told of a typing error only; saved.
    for (edition, name, percent, words) in [
        ("1", "First", "30", &[][..]),
        ("1", "Second", "30", &["changed name from", "to “First”", r#"name="edition" value="2""#, r#"value="Second""#]),
        ("2", "Second", "x", &[r#"name="edition" value="2""#, r#"value="Second""#]),
        ("1", "Second", "x", &["changed name from", r#"name="edition" value="2""#]),
        ("2", "Second", "30", &[]),
    ] {
        let key = app.service.random.uuid().to_string();
        let form = [
            (FormKey::FIELD, key.as_str()),
            ("id", &list),
            ("edition", edition),
            ("name", name),
            ("currency", "EUR"),
            ("starts", "2026-01-01"),
            ("active", "on"),
            ("percent_off", percent),
        ];
        let answer = owner.submit(&page, "price_lists/save", &form).await;
        assert_eq!(answer.location().expect("a page").contains("again="), !words.is_empty(), "{answer:?}");
        let shown = owner.follow(&answer).await;
        for words in words {
            assert!(shown.text.contains(words), "{words}: {}", shown.text);
        }
    }
    assert!(owner.get(&page).await.text.contains(r#"value="Second""#));
}

#[tokio::test]
async fn a8_who_may_not_create_licenses_reads_the_catalog_without_buttons() {
    let app = TestApp::new().await;
    app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
    let mut tx = app.service.store.write().await.expect("a transaction");
    let admin = store::contacts::by_login(&mut tx, RESELLER).await.expect("a contact").expect("a contact");
    let agent = Contact {
        id: app.service.random.id(app.service.clock.now()),
        username: AGENT.to_owned(),
        email: AGENT.to_owned(),
        roles: Roles::of(&[Role::BillingAgent]),
        ..admin
    };
    assert!(store::contacts::insert(&mut tx, &agent).await.expect("a contact"));
    tx.commit().await.expect("a commit");
    let catalog = app.signed_in(AGENT).await.get("/catalog").await;
    assert_eq!(catalog.status, 200);
    assert!(catalog.text.contains("Cloud Backup"), "{}", catalog.text);
    for button in ["Start trial", "Create license"] {
        assert!(!catalog.text.contains(button), "{button}: {}", catalog.text);
    }
}

#[tokio::test]
async fn l4_start_trial_leads_into_the_wizard_with_option_and_type() {
    let app = TestApp::new().await;
    let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await.id.to_string();
    let mut reseller = app.signed_in(RESELLER).await;
    let form = [("option", option.as_str()), ("license_type", "trial")];
    let begun = reseller.submit("/catalog", "licenses/begin", &form).await;
    let next = begun.location().expect("the next step").to_owned();
    assert!(next.starts_with("/licenses/new/") && next.ends_with("/user"), "{next}");
}

#[tokio::test]
async fn p2_an_empty_catalog_says_the_reason() {
    let app = TestApp::new().await;
    app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
    let mut tx = app.service.store.write().await.expect("a transaction");
    store::price_lists::assign(&mut tx, app.reseller.actor.account, None).await.expect("taken away");
    tx.commit().await.expect("a commit");
    let mut reseller = app.signed_in(RESELLER).await;
    for page in ["/catalog", "/licenses/new"] {
        let page = reseller.get(page).await;
        assert!(page.text.contains("No price list is assigned to your account."), "{}", page.text);
    }
}

#[tokio::test]
async fn l6_the_form_of_an_add_ons_option_offers_no_additional_license_and_refuses_one() {
    let app = TestApp::new().await;
    let application = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await.product.id.to_string();
    let mut owner = app.signed_in(OWNER).await;
    let key = || app.service.random.uuid().to_string();
    let new = [(FormKey::FIELD, &*key()), ("name", "Restore"), ("trial_days", ""), ("add_on_of", &application)];
    let added = owner.submit("/office/products/new", "products/add", &new).await;
    let product = added.location().and_then(|page| page.strip_suffix("?done=added")).expect("its page").to_owned();
    assert!(owner.follow(&added).await.text.contains("Product added."));
    let page = format!("{product}/option");
    let form = owner.get(&page).await;
    assert!(form.text.contains("An add-on has no additional licenses."), "{}", form.text);
    assert!(!form.text.contains(r#"value="additional""#), "{}", form.text);
    let id = product.trim_start_matches("/office/products/");
    let option = [
        (FormKey::FIELD, &*key()),
        ("product", id),
        ("name", "Second computer"),
        ("kind", "additional"),
        ("billing", "one_time"),
        ("activations", "1"),
        ("position", "0"),
        ("prices", "EUR 10.00"),
    ];
    let refused = owner.submit(&page, "products/add_option", &option).await;
    let again = owner.follow(&refused).await;
    for words in ["not for an add-on", r#"value="Second computer""#, "EUR 10.00"] {
        assert!(again.text.contains(words), "{words}: {}", again.text);
    }
}
