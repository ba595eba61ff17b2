//! What pages say of mails that did not arrive, as a browser without script reads them (D13).

use domain::{FormKey, customers::CustomerForm};

use crate::test_app::{CUSTOMER, OTHER_RESELLER, OWNER, RESELLER, TestApp};

/// The next mail is refused for good.
async fn bounce(app: &TestApp) {
    let letter = service::mail::due(&app.service).await.expect("the outbox").expect("a mail");
    service::mail::answered(&app.service, letter.id, Some("550 <no> such person")).await.expect("kept");
    service::mail::given_up(&app.service, letter.id, "the mail server: permanent error (550)").await.expect("noted");
}

/// All mails that are due arrive.
async fn arrive(app: &TestApp) {
    while let Some(letter) = service::mail::due(&app.service).await.expect("the outbox") {
        service::mail::sent(&app.service, letter.id).await.expect("sent");
    }
}

/// A page without the marks between two pieces of text, which nobody sees.
fn words_of(page: &str) -> String {
    page.replace("<!>", "")
}

#[tokio::test]
async fn d13_the_customers_page_says_that_the_invitation_bounced_and_sends_it_again_without_script() {
    let app = TestApp::new().await;
    app.world.customer(&app.reseller, "bo@bo.example").await;
    while let Some(letter) = service::mail::due(&app.service).await.expect("the outbox") {
        service::mail::answered(&app.service, letter.id, Some("550 <no> such person")).await.expect("kept");
        service::mail::given_up(&app.service, letter.id, "secret words of our machines").await.expect("noted");
    }
    let mut reseller = app.signed_in(RESELLER).await;
    let list = reseller.get("/customers").await;
    assert!(list.text.contains("Mail not delivered"), "{}", list.text);
    let home = reseller.get("/").await;
    assert!(home.text.contains("Mails that could not be delivered"), "{}", home.text);
    let link = home.text.split("aria-labelledby=\"undelivered\"").nth(1).expect("the card");
    let page_of_bo = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let page = reseller.get(&page_of_bo).await;
    assert!(page.text.contains("The activation link could not be delivered."), "{}", page.text);
    assert!(
        page.text.contains("550 &lt;no&gt; such person") && page.text.contains("Resend activation link"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("our machines") && !page.text.contains("/activate/"), "{}", page.text);
    assert_eq!(app.signed_in(OTHER_RESELLER).await.get(&page_of_bo).await.status, 404);
    assert!(!app.signed_in(OTHER_RESELLER).await.get("/").await.text.contains("could not be delivered"));

    let (key, id) = (app.service.random.uuid().to_string(), page_of_bo.rsplit('/').next().expect("an id").to_owned());
    let form = [(FormKey::FIELD, key.as_str()), ("id", id.as_str())];
    let done = reseller.submit(&page_of_bo, "customers/resend_link", &form).await;
    let page = reseller.follow(&done).await;
    assert!(words_of(&page.text).contains("A new activation link is being sent to "), "{}", page.text);
    assert!(!page.text.contains("could not be delivered"), "{}", page.text);
    while let Some(letter) = service::mail::due(&app.service).await.expect("the outbox") {
        service::mail::sent(&app.service, letter.id).await.expect("sent");
    }
    let page = reseller.follow(&done).await;
    assert!(words_of(&page.text).contains("A new activation link was sent to "), "{}", page.text);
}

#[tokio::test]
async fn d13_a_license_says_that_its_details_bounced_and_an_order_to_which_address_they_went() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    arrive(&app).await;
    let mut reseller = app.signed_in(RESELLER).await;
    arrive(&app).await;
    service::licenses::send(&app.reseller, app.world.key(), license).await.expect("sent");
    let of_license = format!("/licenses/{license}?done=sent");
    let page = words_of(&reseller.get(&of_license).await.text);
    assert!(page.contains("Being sent. The key and the details go to "), "{page}");
    bounce(&app).await;
    let page = words_of(&reseller.get(&of_license).await.text);
    assert!(page.contains("The mail with the license details could not be delivered."), "{page}");
    assert!(page.contains("Then send the details again.") && !page.contains("The key and the details"), "{page}");

    service::orders::send(&app.reseller, app.world.key(), order).await.expect("sent");
    arrive(&app).await;
    let page = words_of(&reseller.get(&of_license).await.text);
    assert!(page.contains("Sent. The key and the details went to "), "{page}");
    let form = service::customers::edit_page(&app.reseller, app.customer).await.expect("the form");
    let right = CustomerForm { email: "anna@right.example".to_owned(), ..form.form };
    let corrected = service::customers::edit(&app.reseller, app.world.key(), app.customer, form.edition, &right).await;
    corrected.expect("corrected");
    let page = words_of(&reseller.get(&format!("/licenses/created/{order}")).await.text);
    assert!(page.contains(&format!("Sent to <bdi>{CUSTOMER}</bdi>")), "{page}");
    assert!(page.contains(" now, where this mail did not go.") && page.contains("Send to customer"), "{page}");
    assert!(!page.contains("Sent to <bdi>anna@right.example"), "{page}");
}

#[tokio::test]
async fn x2_the_offices_home_says_since_when_the_oldest_mail_waits() {
    let app = TestApp::new().await;
    let mut owner = app.signed_in(OWNER).await;
    assert!(!owner.get("/office").await.text.contains("The oldest mail waits"));
    app.world.pass(chrono::Duration::minutes(6));
    let home = owner.get("/office").await;
    assert!(home.text.contains("The oldest mail waits to be sent since "), "{}", home.text);
    bounce(&app).await;
    let home = owner.get("/office").await;
    assert!(home.text.contains("1 mail could not be sent so far."), "{}", home.text);
    assert!(!home.text.contains("The oldest mail waits"), "{}", home.text);
}
