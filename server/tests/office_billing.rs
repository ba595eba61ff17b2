//! The billing of the back office without script: plain forms, and the ledger as a table.

use domain::{
    FormKey,
    billing::{PayForm, RefundForm, ToPayForm},
    products::{Billing, Kind},
};
use service::billing::{payments, refunds};

use crate::test_app::{OWNER, RESELLER, SUPPORT, TestApp};

#[tokio::test]
async fn b7_the_settings_are_saved_by_a_plain_form_and_a_wrong_iban_stays_in_it() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    let page = owner.get("/office/settings").await;
    assert!(page.text.contains("Account holder") && page.text.contains("7 14 30"), "{}", page.text);
    let key = app.service.random.uuid().to_string();
    let mut fields = vec![
        (FormKey::FIELD, key.as_str()),
        ("edition", "1"),
        ("bank_holder", "Keyhouse & Sons"),
        ("bank_iban", "DE89 3704 0044 0532 0130 01"),
        ("terms", "Pay."),
        ("reminders", "3, 10"),
        ("floor", "90"),
    ];
    let wrong = owner.submit("/office/settings", "billing/save_settings", &fields).await;
    let again = owner.follow(&wrong).await;
    assert!(
        again.text.contains("check digits do not fit") && again.text.contains("Keyhouse &amp; Sons"),
        "{}",
        again.text
    );
    fields[3].1 = "DE89 3704 0044 0532 0130 00";
    let saved = owner.submit("/office/settings", "billing/save_settings", &fields).await;
    assert_eq!(saved.location(), Some("/office/settings?done=saved"));
    let page = owner.follow(&saved).await;
    assert!(page.text.contains("Saved.") && page.text.contains("3 10"), "{}", page.text);
    assert_eq!(app.signed_in(SUPPORT).await.get("/office/settings").await.status, 404);
}

#[tokio::test]
async fn c7_an_account_is_billed_as_its_form_says_and_its_ledger_is_a_table() {
    let app = TestApp::new().await;
    app.order().await;
    let mut owner = app.signed_in(OWNER).await;
    let id = app.reseller.actor.account;
    let address = format!("/office/accounts/{id}/billing");
    let page = owner.get(&address).await;
    assert!(page.text.contains("Available credit") && page.text.contains("Charge"), "{}", page.text);
    let (key, account) = (app.service.random.uuid().to_string(), id.to_string());
    let edition = service::accounts::find(&app.owner, id).await.expect("its page").edition.to_string();
    let fields = [
        (FormKey::FIELD, key.as_str()),
        ("id", &account),
        ("edition", &edition),
        ("tax", "19"),
        ("invoice_per", "customer"),
        ("reminder_1", "20"),
        ("suspend_over", ""),
    ];
    let saved = owner.submit(&address, "accounts/set_terms", &fields).await;
    assert_eq!(saved.location(), Some(format!("{address}?done=saved").as_str()), "{saved:?}");
    let page = owner.follow(&saved).await;
    assert!(page.text.contains("Saved.") && page.text.contains("Reminder at 20 %"), "{}", page.text);
    let support = app.signed_in(SUPPORT).await.get(&address).await;
    assert!(support.text.contains("19 %") && !support.text.contains("accounts/set_terms"), "{}", support.text);

    let table = owner.get(&format!("/office/accounts/{id}/ledger.csv")).await;
    let mut lines = table.text.lines();
    assert_eq!(
        lines.next(),
        Some("\u{feff}\"Entry\",\"Day\",\"What\",\"Order\",\"Note\",\"More is owed\",\"Less is owed\",\"Currency\"")
    );
    let charge = r#""Charge","O-1","","70.00","","EUR""#;
    assert!(lines.next().is_some_and(|line| line.contains(charge)), "{}", table.text);
    for wrong in ["nonsense", "01935f6e-7b1c-7000-8000-00000badcafe"] {
        assert_eq!(owner.get(&format!("/office/accounts/{wrong}/ledger.csv")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn a8_the_own_billing_details_are_changed_by_a_plain_form() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    assert!(reseller.get("/account").await.text.contains("Edit billing details"));
    let key = app.service.random.uuid().to_string();
    let edition = service::accounts::own_billing(&app.reseller).await.expect("the page").edition.to_string();
    let fields = [
        (FormKey::FIELD, key.as_str()),
        ("edition", &edition),
        ("address", "Hafenstr. 1\r\nHinterhaus"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    let saved = reseller.submit("/billing/details", "billing/save_details", &fields).await;
    assert_eq!(saved.location(), Some("/billing/details?done=saved"), "{saved:?}");
    let page = reseller.follow(&saved).await;
    assert!(page.text.contains("Saved.") && page.text.contains("Hinterhaus"), "{}", page.text);
}

#[tokio::test]
async fn b6_b9_a_payment_asks_for_what_is_open_and_for_nothing_once_its_license_was_given_back() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    let form = PayForm {
        license: ToPayForm::of_licenses(&[license]).license,
        total: "7000".to_owned(),
        method: "bank-transfer".to_owned(),
        accept: "on".to_owned(),
        terms: app.world.terms_of_payments().await,
        ..PayForm::default()
    };
    let number = payments::begin(&app.reseller, app.world.key(), &form).await.expect("begun");
    let (mut acme, mut owner) = (app.signed_in(RESELLER).await, app.signed_in(OWNER).await);
    let (own, office) = (format!("/billing/payments/{number}"), format!("/office/payments/{number}"));
    let (page, waits) = (acme.get(&own).await.text, owner.get(&office).await.text);
    assert!(page.contains("Transfer the money") && page.contains("€ 70.00"), "{page}");
    assert!(waits.contains("Waits for € 70.00 with the reference"), "{waits}");
    // Thirty days are 24 hours each, so the last one does not count in whole.
    let shown = acme.get(&format!("/licenses/{license}")).await.text;
    assert!(shown.contains("Possible until") && shown.contains(">21 Dec 2026, "), "{shown}");
    let reason = RefundForm { reason: "Bought by mistake".to_owned() };
    refunds::refund(&app.reseller, app.world.key(), license, &reason).await.expect("given back");
    let (page, waits) = (acme.get(&own).await.text, owner.get(&office).await.text);
    assert!(page.contains("there is nothing to pay") && !page.contains("Transfer the money"), "{page}");
    assert!(waits.contains("Nothing of what it is for is open now.") && !waits.contains("Waits for €"), "{waits}");
}

#[tokio::test]
async fn c4_the_home_counts_what_is_held_whether_or_not_it_is_affordable_by_now() {
    let app = TestApp::new().await;
    app.world.limit(&app.reseller, 0).await;
    let option = app.world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    app.world.create(&app.reseller, option.id, app.customer, 1, "permanent").await.expect("held");
    app.world.receive(&app.reseller, 7_000).await;
    let home = app.signed_in(OWNER).await.get("/office").await.text;
    assert!(home.contains("One order is held and waits for a decision."), "{home}");
}
