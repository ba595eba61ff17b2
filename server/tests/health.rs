//! Whether the program says rightly how it is.

use std::time::Duration;

use store::testing::write_nothing;

use crate::test_app::{RESELLER, TestApp};

#[tokio::test]
async fn it_is_alive_and_ready_until_it_is_about_to_stop() {
    let app = TestApp::new().await;
    let mut probe = app.anon();
    assert_eq!(probe.get("/healthz").await.status, 200);
    assert_eq!(probe.get("/readyz").await.status, 200);
    app.closing.begin();
    assert_eq!(probe.get("/healthz").await.status, 200);
    let answer = probe.get("/readyz").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (503, "stopping\n"));
}

/// Asks until the answer is no longer the one that holds for a second.
async fn becomes(app: &TestApp, status: u16) -> String {
    let asked = async {
        loop {
            let answer = app.anon().get("/readyz").await;
            if answer.status == status {
                break answer.text;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), asked).await.expect("soon")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_nothing_can_be_written_it_is_not_ready_and_everybody_reads_on() {
    let app = TestApp::new().await;
    let mut reseller = app.signed_in(RESELLER).await;
    write_nothing(&app.service.store, true).await;
    app.world.pass(chrono::Duration::minutes(5));
    // Signed in and reading: R10, the use of the session waits.
    for page in ["/licenses", "/customers"] {
        assert_eq!(reseller.get(page).await.status, 200, "{page}");
    }
    let refused = reseller.call("customers/begin", &[("waiting", "")]).await;
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.text.contains("not_now"), "{refused:?}");
    assert_eq!(becomes(&app, 503).await, "the database is not ready\n");
    write_nothing(&app.service.store, false).await;
    assert_eq!(becomes(&app, 200).await, "ready\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_often_it_is_asked_the_database_is_asked_once_a_second() {
    let app = TestApp::new().await;
    let mut probe = app.anon();
    assert_eq!(probe.get("/readyz").await.status, 200);
    // What has become of the database since does not matter for a second.
    app.service.store.close().await;
    for _ in 0..20 {
        assert_eq!(probe.get("/readyz").await.text, "ready\n");
    }
    assert_eq!(becomes(&app, 503).await, "the database is not ready\n");
}
