//! The people of an account that is suspended while they are in the middle of something (A1).

use domain::{
    accounts::SuspensionForm,
    products::{Billing, Kind},
};
use http::StatusCode;
use service::accounts;

use crate::{
    markup::links_of,
    test_app::{BUYER, RESELLER, TestApp},
};

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

/// Suspends the reseller because of its debt, as the clock does.
async fn in_debt(app: &TestApp) {
    let mut tx = app.service.store.write().await.expect("a transaction");
    let account = app.reseller.actor.account;
    let done = store::accounts::suspend_for_debt(&mut tx, account, "More is owed.", app.owner.now()).await;
    assert!(done.expect("suspended"));
    tx.commit().await.expect("suspended");
}

#[tokio::test]
async fn v12_who_is_suspended_by_debt_pays_and_does_nothing_else() {
    let app = TestApp::new().await;
    let (order, license) = app.order().await;
    let (order, license) = (order.to_string(), license.to_string());
    let customer = app.customer.to_string();
    let mut admin = app.signed_in(RESELLER).await;
    app.world.limit(&app.reseller, 0).await;
    in_debt(&app).await;
    // A session that is open goes on, for what is left of it.
    for page in ["/billing", "/billing/invoices", "/billing/ledger", "/billing/top-up", "/billing/details", "/account"]
    {
        let answer = admin.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(answer.text.contains("Your account is suspended"), "{page} says so: {}", answer.text);
    }
    // The way to pay leads to what is open to them: to invoices, and not to licenses, which nobody of it sees now.
    for page in ["/billing", "/billing/payments"] {
        let links = links_of(&admin.get(page).await.text);
        assert!(links.iter().all(|link| !link.starts_with("/licenses")), "{page}: {links:?}");
        assert!(links.contains(&"/billing/invoices?filter=unpaid".to_owned()), "{page}: {links:?}");
    }
    assert_eq!(admin.get("/billing/invoices?filter=unpaid").await.status, StatusCode::OK);
    let key = app.service.random.uuid().to_string();
    let top_up = [("idempotency_key", key.as_str()), ("amount", "50,00"), ("method", "bank-transfer")];
    let begun = admin.call("payments/top_up", &top_up).await;
    assert!(begun.status.is_success() || begun.status.is_redirection(), "{begun:?}");
    let other = app.service.random.uuid().to_string();
    let keyed = ("idempotency_key", other.as_str());
    for (endpoint, form) in [
        ("licenses/list", vec![]),
        ("licenses/find", vec![("id", license.as_str())]),
        ("licenses/send", vec![keyed, ("id", license.as_str())]),
        ("licenses/refund", vec![keyed, ("id", license.as_str()), ("reason", "x")]),
        ("orders/send", vec![keyed, ("order", order.as_str())]),
        ("customers/list", vec![]),
        ("customers/edit", vec![keyed, ("id", customer.as_str()), ("edition", "0")]),
        ("customers/begin", vec![]),
        ("contacts/add_to_own", vec![keyed]),
    ] {
        let answer = admin.call(endpoint, &form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{endpoint}: {answer:?}");
        assert!(answer.text.contains("debt"), "{endpoint} says why: {answer:?}");
    }
    for page in ["/", "/licenses", "/customers", "/catalog", "/team", "/account/history"] {
        let answer = admin.get(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.text.contains("owes more than its credit limit allows"), "{page}: {}", answer.text);
    }
    let keys = admin.get(&format!("/licenses/created/{order}/keys.txt")).await;
    assert_eq!(keys.status, StatusCode::FORBIDDEN);
    // Whoever may not pay sees why, and nothing else.
    let mut buyer = app.signed_in(BUYER).await;
    assert_eq!(buyer.get("/account").await.status, StatusCode::OK);
    assert_eq!(buyer.get("/billing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(buyer.get("/licenses").await.status, StatusCode::FORBIDDEN);
    // Suspended by hand as well, nobody is in any more.
    let reason = SuspensionForm { reason: "Fraud".to_owned() };
    let account = app.reseller.actor.account;
    accounts::suspend(&app.owner, app.world.key(), account, &reason).await.expect("suspended");
    assert_eq!(admin.call("payments/top_up", &top_up).await.status, StatusCode::UNAUTHORIZED);
}
