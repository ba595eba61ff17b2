//! Real connections on loopback, with short limits: who keeps us waiting is let go, and who does not is served.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::ConnectInfo,
    routing::{get, post},
};
use futures::stream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::{Semaphore, mpsc},
    task::JoinHandle,
    time::{Instant, interval, timeout},
};

use super::*;

/// Nothing here takes so long.
const EVER: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(150);

/// A server, and what its pages tell and wait for.
struct Server {
    address: SocketAddr,
    closing: Closing,
    serving: JoinHandle<()>,
    /// Lets `/waits` answer.
    go: Arc<Semaphore>,
    /// A request to `/waits` has come, or the answer of `/endless` was dropped.
    told: mpsc::UnboundedReceiver<&'static str>,
}

/// Tells when it is dropped.
struct Told(mpsc::UnboundedSender<&'static str>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.send("dropped").ok();
    }
}

impl Server {
    async fn start(connections: usize, per_network: Option<usize>, header: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (go, (tell, told)) = (Arc::new(Semaphore::new(0)), mpsc::unbounded_channel());
        let (waits, wait_tell, take_tell) = (go.clone(), tell.clone(), tell.clone());
        let router = Router::new()
            .route("/who", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
            .route(
                "/takes",
                post(move |body: Body| async move {
                    take_tell.send("takes").ok();
                    to_bytes(body, 1_000).await.map_or_else(|error| error.to_string(), |body| body.len().to_string())
                }),
            )
            .route(
                "/waits",
                get(move || async move {
                    wait_tell.send("waits").ok();
                    waits.acquire().await.expect("it is open").forget();
                    "waited"
                }),
            )
            .route(
                "/endless",
                get(move || async move {
                    let held = Told(tell);
                    Body::from_stream(stream::repeat_with(move || {
                        let _: &Told = &held;
                        Ok::<_, io::Error>(Bytes::from_static(&[b'x'; 64 * 1024]))
                    }))
                }),
            )
            .route(
                "/beats",
                get(|| async {
                    let beats = stream::unfold(interval(SHORT / 5), |mut beats| async {
                        beats.tick().await;
                        Some((Ok::<_, io::Error>(Bytes::from_static(b":\n")), beats))
                    });
                    Body::from_stream(beats)
                }),
            );
        let closing = Closing::default();
        let limits = Limits { connections, per_network, header, write: SHORT };
        let serving = tokio::spawn(serve(listener, router, limits, closing.clone()));
        Self { address, closing, serving, go, told }
    }

    async fn connect(&self) -> TcpStream {
        self.connect_from("127.0.0.1").await
    }

    /// All of 127.0.0.0/8 is this machine.
    async fn connect_from(&self, from: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(format!("{from}:0").parse().expect("an address")).expect("an address of this machine");
        socket.connect(self.address).await.expect("it listens")
    }

    async fn open(&self, bytes: &str) -> TcpStream {
        let mut connection = self.connect().await;
        connection.write_all(bytes.as_bytes()).await.expect("sent");
        connection
    }
}

fn request(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: keys.example\r\n\r\n")
}

/// Sends a request, and reads until the answer has come to that text.
async fn ask(connection: &mut TcpStream, path: &str, until: &str) -> String {
    connection.write_all(request(path).as_bytes()).await.expect("sent");
    read_to(connection, until).await
}

async fn read_to(connection: &mut TcpStream, until: &str) -> String {
    let mut text = String::new();
    while !text.ends_with(until) {
        let mut bytes = [0; 4096];
        let read = timeout(EVER, connection.read(&mut bytes)).await.expect("in time").unwrap_or(0);
        assert_ne!(read, 0, "it was closed after {text:?}");
        text += std::str::from_utf8(&bytes[..read]).expect("text");
    }
    text
}

/// Waits until the server has closed it; what came before.
async fn closed(mut connection: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end as well.
    timeout(EVER, connection.read_to_end(&mut bytes)).await.expect("it is closed").ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection_and_so_does_an_idle_one() {
    let server = Server::start(100, None, SHORT).await;
    for half in ["", "G", "GET /who HTTP/1.1\r\nHost: keys.example\r\nX-Slow: "] {
        assert_eq!(closed(server.open(half).await).await, "", "{half}");
    }
    let mut idle = server.connect().await;
    assert!(ask(&mut idle, "/who", "127.0.0.1").await.starts_with("HTTP/1.1 200 OK"));
    assert!(ask(&mut idle, "/who", "127.0.0.1").await.starts_with("HTTP/1.1 200 OK"), "kept for the next request");
    assert_eq!(closed(idle).await, "");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = Server::start(100, None, EVER).await;
    let long = format!("GET /who HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n", "x".repeat(20_000));
    let many: String = (0..200).map(|line| format!("X-{line}: a\r\n")).collect();
    for head in [long, format!("GET /who HTTP/1.1\r\nHost: a\r\n{many}\r\n")] {
        let mut connection = server.connect().await;
        connection.write_all(head.as_bytes()).await.ok();
        let answer = closed(connection).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
    let fits = format!("GET /who HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n", "x".repeat(12_000));
    assert!(read_to(&mut server.open(&fits).await, "127.0.0.1").await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_request_names_one_host_and_no_more() {
    let server = Server::start(100, None, EVER).await;
    for (head, status) in [
        ("GET /who HTTP/1.1\r\n", "400"),
        ("GET /who HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "400"),
        ("GET /who HTTP/1.1\r\nHost: a\r\nHost: a\r\n", "400"),
        ("GET /who HTTP/1.0\r\nHost: a\r\nHost: b\r\n", "400"),
        ("GET /who HTTP/1.1\r\nHost: a\r\n", "200"),
        ("GET /who HTTP/1.0\r\n", "200"),
    ] {
        let answer = closed(server.open(&format!("{head}Connection: close\r\n\r\n")).await).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{head}: {answer}");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_reads_ends_and_a_stream_that_is_read_stays() {
    let mut server = Server::start(100, None, EVER).await;
    let mut beats = server.open(&request("/beats")).await;
    read_to(&mut beats, ":\n\r\n").await;
    let _not_read = server.open(&request("/endless")).await;
    assert_eq!(timeout(EVER, server.told.recv()).await.expect("in time"), Some("dropped"));
    let from = Instant::now();
    while from.elapsed() < SHORT * 4 {
        read_to(&mut beats, ":\n\r\n").await;
    }
}

#[tokio::test]
async fn half_open_connections_of_one_address_keep_nobody_out() {
    let server = Server::start(8, Some(4), EVER).await;
    let mut half_open = Vec::new();
    for number in 0..30 {
        half_open.push(server.open(if number % 2 == 0 { "G" } else { "" }).await);
    }
    let mut other = server.connect_from("127.0.0.2").await;
    assert!(ask(&mut other, "/who", "127.0.0.2").await.starts_with("HTTP/1.1 200 OK"));
    let mut same = server.connect().await;
    assert!(ask(&mut same, "/who", "127.0.0.1").await.starts_with("HTTP/1.1 200 OK"));
    // Its own oldest went.
    for gone in half_open.drain(..26) {
        assert_eq!(closed(gone).await, "");
    }
}

#[tokio::test]
async fn half_sent_bodies_go_as_well_and_answers_under_way_stay() {
    let mut server = Server::start(3, None, EVER).await;
    let mut waits = server.open(&request("/waits")).await;
    assert_eq!(server.told.recv().await, Some("waits"));
    let sends = server.open("POST /takes HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123").await;
    assert_eq!(server.told.recv().await, Some("takes"));
    let mut whole = server.open("POST /takes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n123").await;
    assert_eq!(server.told.recv().await, Some("takes"));
    assert!(read_to(&mut whole, "\r\n3").await.starts_with("HTTP/1.1 200 OK"));
    let mut second = server.open(&request("/waits")).await;
    assert_eq!(server.told.recv().await, Some("waits"));
    assert_eq!(closed(whole).await, "", "the idle one went first");
    let mut third = server.open(&request("/waits")).await;
    assert_eq!(server.told.recv().await, Some("waits"));
    assert_eq!(closed(sends).await, "", "then the one that sends");
    assert_eq!(closed(server.connect().await).await, "", "all are being answered, so this one is refused");
    server.go.add_permits(3);
    for answered in [&mut waits, &mut second, &mut third] {
        assert!(read_to(answered, "waited").await.starts_with("HTTP/1.1 200 OK"));
    }
}

#[tokio::test]
async fn at_the_end_half_sent_requests_are_closed_at_once_and_those_under_way_are_answered() {
    let mut server = Server::start(100, None, EVER).await;
    let mut waits = server.open(&request("/waits")).await;
    assert_eq!(server.told.recv().await, Some("waits"));
    let mut idle = server.connect().await;
    ask(&mut idle, "/who", "127.0.0.1").await;
    let half = [server.connect().await, server.open("GET /who HT").await];
    // It was let in after the others, so they are in as well.
    let mut last = server.connect().await;
    ask(&mut last, "/who", "127.0.0.1").await;

    server.closing.begin();
    for connection in half.into_iter().chain([idle, last]) {
        assert_eq!(closed(connection).await, "");
    }
    assert!(!server.serving.is_finished());
    server.go.add_permits(3);
    assert!(read_to(&mut waits, "waited").await.starts_with("HTTP/1.1 200 OK"));
    timeout(EVER, server.serving).await.expect("in time").expect("it ends");
}
