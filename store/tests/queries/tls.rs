//! PostgreSQL over TLS, and a server that is not there.

use store::{Store, unverified_host};

/// The server of `scripts/with-postgres`, and the certificate that it has made for itself.
fn server() -> (String, String) {
    let read = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: see scripts/with-postgres"));
    (read("KEYHOUSE_TEST_POSTGRES_URL"), read("KEYHOUSE_TEST_POSTGRES_CA"))
}

#[tokio::test]
async fn a_database_that_proves_who_it_is_is_spoken_with_over_tls_and_another_is_not() {
    let (server, certificate) = server();
    let verified = format!("{server}?sslmode=verify-full&sslrootcert={certificate}");
    assert_eq!(unverified_host(&verified).expect("an address"), None);
    Store::open(&verified).await.expect("it has the certificate that we know").close().await;
    let Err(error) = Store::open(&format!("{server}?sslmode=verify-full")).await else {
        panic!("a certificate of nobody that we know was taken")
    };
    assert!(error.to_string().to_lowercase().contains("certificate"), "{error}");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_at_once() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let url = format!("postgres://keyhouse@{free}/keyhouse");
    let opened = tokio::time::timeout(std::time::Duration::from_secs(5), Store::open(&url)).await;
    let Err(error) = opened.expect("an answer before the pool would give up") else { panic!("nobody is there") };
    assert!(error.to_string().contains("onnection refused"), "{error}");
}
