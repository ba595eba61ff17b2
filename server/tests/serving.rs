//! What a page costs: how much it asks of the database, and how large it is on its way.

use chrono::Duration;
use domain::products::{Billing, Kind};
use http::{
    Request,
    header::{ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING},
};

use crate::{
    browser::Browser,
    test_app::{OWNER, RESELLER, TestApp},
};

/// The list of 50 licenses in bytes, compressed as a phone gets it.
const LIST_MOST: usize = 12_000;

/// Opens a page, and says how many transactions it began and how many statements it asked.
async fn asked(app: &TestApp, browser: &mut Browser, page: &str) -> (usize, usize) {
    let before = app.service.store.asked();
    let answer = browser.get(page).await;
    assert_eq!(answer.status, 200, "{page}: {answer:?}");
    let after = app.service.store.asked();
    (after.0 - before.0, after.1 - before.1)
}

#[tokio::test]
async fn a_page_asks_the_database_once_for_what_it_shows() {
    let app = TestApp::new().await;
    let (_, license) = app.order().await;
    let (license, customer) = (format!("/licenses/{license}"), format!("/customers/{}", app.customer));
    let (anon, reseller, owner) = (app.anon(), app.signed_in(RESELLER).await, app.signed_in(OWNER).await);
    // The session is looked up by one statement, outside of the transaction in which the page is read.
    for (browser, page, most) in [
        (&anon, "/", 0),
        (&anon, "/login", 0),
        (&reseller, "/", 7),
        (&reseller, "/licenses", 4),
        (&reseller, "/licenses/new", 7),
        (&reseller, license.as_str(), 12),
        (&reseller, "/customers", 4),
        (&reseller, customer.as_str(), 6),
        (&reseller, "/orders", 4),
        (&reseller, "/billing", 5),
        (&owner, "/office", 10),
    ] {
        let (begun, statements) = asked(&app, &mut browser.clone(), page).await;
        assert!(begun <= 1 && statements <= most, "{page} begins {begun} and asks {statements}, and {most} are enough");
    }
}

#[tokio::test]
async fn a_list_of_fifty_licenses_is_small_on_its_way() {
    let app = TestApp::new().await;
    app.world.bill(&app.reseller, "Europe/Berlin", None, 0).await;
    let option = app.world.option("Store Manager", Kind::Primary, Billing::OneTime).await.id;
    for at in 0..20 {
        let customer = app.world.customer(&app.reseller, &format!("c{at}@firm-{}.example", at * 7_919 % 1_000)).await;
        app.world.create(&app.reseller, option, customer, 3, "permanent").await.expect("three licenses");
        app.world.pass(Duration::seconds(at * 4_211 + 17));
    }
    let mut reseller = app.signed_in(RESELLER).await;
    let request = Request::get("/licenses").header(ACCEPT, "text/html").header(ACCEPT_ENCODING, "br");
    let page = reseller.send(request, "".into()).await;
    assert_eq!((page.header(CONTENT_ENCODING), page.header(CACHE_CONTROL)), (Some("br"), Some("no-store")));
    let (whole, small) = (reseller.get("/licenses").await, page.bytes.len());
    assert_eq!(whole.text.matches("<tr>").count(), 51, "a head and 50 rows");
    println!("{small} bytes of {}", whole.bytes.len());
    assert!(small <= LIST_MOST, "{small} bytes of {}", whole.bytes.len());
}
