//! The keys of an order as a file.

use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};

use crate::test_app::{CUSTOMER, OTHER_RESELLER, OWNER, RESELLER, TestApp};

#[tokio::test]
async fn l1_the_keys_of_an_order_are_a_text_file_one_a_line() {
    let app = TestApp::new().await;
    let (order, _) = app.order().await;
    let answer = app.signed_in(RESELLER).await.get(&format!("/licenses/created/{order}/keys.txt")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(CONTENT_TYPE), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.header(CACHE_CONTROL), Some("no-store"));
    insta::with_settings!({ filters => vec![(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){4}", "KEY")] }, {
        insta::assert_snapshot!(format!("{}\n{}", answer.header(CONTENT_DISPOSITION).unwrap_or_default(), answer.text), @r#"
        attachment; filename="keys-O-1.txt"
        Order O-1, 21 Nov 2026, 11:00:00 CET
        For northwind.example

        Store Manager, Primary license
        Permanent license, updates included until 21 May 2027
        KEY
        KEY
        KEY
        "#);
    });
}

#[tokio::test]
async fn a11_the_keys_of_another_reseller_are_not_found() {
    let app = TestApp::new().await;
    let (order, _) = app.order().await;
    let path = format!("/licenses/created/{order}/keys.txt");
    for login in [OTHER_RESELLER, CUSTOMER, OWNER] {
        assert_eq!(app.signed_in(login).await.get(&path).await.status, 404, "{login}");
    }
    let signed_out = app.anon().get(&path).await;
    assert_eq!(signed_out.location(), Some(app::paths::login_then(&path).as_str()));
    let mut reseller = app.signed_in(RESELLER).await;
    for wrong in ["01935f6e-7b1c-7000-8000-00000badcafe", "nonsense", "..%2F.."] {
        assert_eq!(reseller.get(&format!("/licenses/created/{wrong}/keys.txt")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn x1_nobody_fills_the_audit_log_with_downloads() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    for _ in 0..120 {
        assert_eq!(reseller.get("/customers.csv").await.status, 200);
    }
    let taken = async || app.rows("audit where what = 'export.taken'").await;
    assert_eq!(taken().await, 120);
    let mut answer = reseller.get("/customers.csv").await;
    while answer.status == 200 {
        // A slow machine was given another one meanwhile.
        answer = reseller.get("/customers.csv").await;
    }
    assert_eq!(answer.status, 429);
    let seconds = answer.header(RETRY_AFTER).and_then(|seconds| seconds.parse::<u64>().ok()).expect("seconds");
    assert!(seconds <= 31, "{seconds}");
    let before = taken().await;
    assert_eq!(reseller.get("/licenses.csv").await.status, 429, "whichever file");
    assert_eq!(taken().await, before, "what is refused is not written down");
    assert_eq!(app.signed_in(OTHER_RESELLER).await.get("/customers.csv").await.status, 200);
}
