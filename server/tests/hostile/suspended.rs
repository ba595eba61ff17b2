//! The people of an account that is suspended while they are in the middle of something (A1).

use domain::{
    accounts::SuspensionForm,
    products::{Billing, Kind},
};
use http::StatusCode;
use service::accounts;

use crate::test_app::{BUYER, TestApp};

#[tokio::test]
async fn a1_a_live_session_of_a_suspended_account_does_nothing_more() {
    let app = TestApp::new().await;
    let option = app.world.option("Cloud Backup", Kind::Primary, Billing::OneTime).await;
    let mut buyer = app.signed_in(BUYER).await;
    let begin = [("option", option.id.to_string()), ("customer", app.customer.to_string())];
    let begin: Vec<_> = begin.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begun = buyer.submit("/licenses/new", "licenses/begin", &begin).await;
    let wizard = begun.location().expect("the wizard").to_owned();
    let draft = wizard.split('/').nth(3).expect("a draft").to_owned();
    let details = [("draft", draft.as_str()), ("quantity", "1"), ("license_type", "permanent")];
    let review = buyer.submit(&wizard, "licenses/save_details", &details).await;
    assert!(review.location().is_some_and(|to| to.ends_with("/review")), "{review:?}");

    let reason = SuspensionForm { reason: "Overdue".to_owned() };
    let account = app.reseller.actor.account;
    accounts::suspend(&app.owner, app.world.key(), account, &reason).await.expect("suspended");
    let create = [("idempotency_key", draft.as_str()), ("total", "7000")];
    let key = app.service.random.uuid().to_string();
    for (endpoint, form) in [
        ("licenses/create", &create[..]),
        ("licenses/wizard", &details[..1]),
        ("customers/begin", &[]),
        ("licenses/list", &[]),
        ("sessions/list", &[]),
        ("sessions/confirm", &[("password", service::testing::PASSWORD)]),
        ("account/begin_app", &[("idempotency_key", key.as_str())]),
    ] {
        assert_eq!(buyer.call(endpoint, form).await.status, StatusCode::UNAUTHORIZED, "{endpoint}");
    }
    assert_eq!(buyer.get("/events").await.status, StatusCode::UNAUTHORIZED);
    let mut tx = app.service.store.read().await.expect("a transaction");
    let kept = store::accounts::by_id(&mut tx, account).await.expect("an answer").expect("an account");
    assert_eq!((kept.licenses, kept.unpaid.count), (0, 0));
    drop(tx);

    accounts::reactivate(&app.owner, app.world.key(), account, &reason).await.expect("reactivated");
    assert_eq!(buyer.call("licenses/create", &create).await.status, StatusCode::UNAUTHORIZED, "the session has ended");
    let mut again = app.signed_in(BUYER).await;
    let created = again.call("licenses/create", &create).await;
    assert!(created.status.is_success(), "what was begun is still there: {created:?}");
}
