//! The pages of an order without script: what it has made, what is open of it, and where a held one stands.

use domain::{
    LicenseId, OrderId,
    billing::RefundForm,
    licenses::{EditForm, UpgradeForm},
    products::{Billing, Kind},
};
use service::{billing::refunds, licenses, orders};

use crate::test_app::{OWNER, RESELLER, TestApp};

impl TestApp {
    /// The page of what an order has made.
    async fn created(&self, order: OrderId) -> String {
        let answer = self.signed_in(RESELLER).await.get(&app::paths::created(order)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.text
    }

    async fn key_of(&self, license: LicenseId) -> String {
        licenses::find(&self.reseller, license).await.expect("the license").license.key.grouped()
    }
}

#[tokio::test]
async fn c4_both_pages_of_a_held_order_say_when_it_has_become_affordable() {
    let app = TestApp::new().await;
    app.world.limit(&app.reseller, 0).await;
    let option = app.world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let order = app.world.create(&app.reseller, option.id, app.customer, 1, "permanent").await.expect("held");
    let number = orders::executed(&app.reseller, order).await.expect("the order").number;
    let mut reseller = app.signed_in(RESELLER).await;
    for (paid, says, no_longer) in [
        (0, "to make it affordable, or ask the operator.", "It waits for the operator to execute it."),
        (7_000, "It waits for the operator to execute it.", "to make it affordable"),
    ] {
        if paid > 0 {
            app.world.receive(&app.reseller, paid).await;
        }
        for page in [app::paths::created(order), app::paths::order(number)] {
            let text = reseller.get(&page).await.text;
            assert!(text.contains(says) && !text.contains(no_longer), "{page}: {text}");
        }
    }
}

#[tokio::test]
async fn b6_what_is_settled_is_not_asked_for_on_the_page_of_its_order() {
    let app = TestApp::new().await;
    let (order, _) = app.order().await;
    assert!(app.created(order).await.contains("To pay to the operator"));
    app.world.receive(&app.reseller, 21_000).await;
    let paid = app.created(order).await;
    assert!(paid.contains("Total") && !paid.contains("To pay to the operator"), "{paid}");
}

#[tokio::test]
async fn l15_the_page_of_an_order_says_of_how_many_licenses_the_details_were_sent() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    assert!(app.created(order).await.contains("Nothing has been sent yet."));
    licenses::send(&app.reseller, app.world.key(), license).await.expect("sent");
    let page = app.created(order).await;
    assert!(page.contains("The details of 1 of 3 licenses have been put on the way."), "{page}");
}

#[tokio::test]
async fn l15_a_key_that_was_given_back_stands_apart_on_the_page_and_in_the_file() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    let dead = app.key_of(license).await;
    let because = RefundForm { reason: "Bought by mistake".to_owned() };
    refunds::refund(&app.reseller, app.world.key(), license, &because).await.expect("given back");
    let file = app.signed_in(RESELLER).await.get(&app::paths::keys_file(order)).await.text;
    let (usable, revoked) = file.split_once("Permanent license, revoked\n").expect("a part of its own");
    assert_eq!(revoked, format!("{dead}\n"));
    assert!(usable.contains("Permanent license, updates included until 21 May 2027"), "{file}");
    assert!(!usable.contains(&dead), "{file}");
    let page = app.created(order).await;
    assert!(page.contains("Permanent license, revoked") && page.contains("× 3"), "{page}");
}

#[tokio::test]
async fn l15_keys_that_differ_by_their_details_are_told_apart() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    let form = EditForm { customer_details: "Shop in Hamburg".to_owned(), ..EditForm::default() };
    licenses::edit(&app.reseller, app.world.key(), license, &form).await.expect("edited");
    let page = app.created(order).await;
    assert!(page.contains(">Shop in Hamburg<"), "{page}");
    let file = app.signed_in(RESELLER).await.get(&app::paths::keys_file(order)).await.text;
    let key = app.key_of(license).await;
    assert!(file.contains(&format!("until 21 May 2027\nShop in Hamburg\n{key}\n")), "{file}");
}

#[tokio::test]
async fn l5_the_page_of_an_upgrade_does_not_say_that_a_license_was_created() {
    let app = TestApp::new().await;
    let option = app.world.option("Store Manager", Kind::Primary, Billing::OneTime).await;
    let order = app.world.create(&app.reseller, option.id, app.customer, 1, "trial").await.expect("a trial");
    let trial = orders::executed(&app.reseller, order).await.expect("the order").licenses[0].row.id;
    assert!(app.created(order).await.contains("1 license created"));
    let form = UpgradeForm { option: option.id.to_string(), total: "7000".to_owned() };
    licenses::upgrade(&app.reseller, app.world.key(), trial, &form).await.expect("upgraded");
    let upgrade = licenses::find(&app.reseller, trial).await.expect("the license").order;
    let page = app.created(upgrade).await;
    assert!(page.contains("1 license upgraded") && !page.contains("1 license created"), "{page}");
}

#[tokio::test]
async fn o1_the_orders_of_an_account_say_what_was_ordered() {
    let app = TestApp::new().await;
    app.order().await;
    let page = format!("/office/accounts/{}/orders", app.reseller.actor.account);
    let text = app.signed_in(OWNER).await.get(&page).await.text;
    assert!(text.contains("3 × Store Manager, Primary license"), "{text}");
}
