//! Whether the program says rightly how it is.

use crate::test_app::TestApp;

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
