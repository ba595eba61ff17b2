//! One connection: its requests, one after the other.

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::ConnectInfo,
    response::{IntoResponse, Response},
};
use futures::future::BoxFuture;
use http::{Request, StatusCode, Version, header::HOST};
use http_body_util::BodyExt;
use hyper::{
    body::{Frame, SizeHint},
    server::conn::http1::Builder,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::net::TcpStream;
use tower::{BoxError, Service};

use super::{
    Limits,
    phase::{At, Phase},
    places::{Bodies, Place},
    stream::Patient,
};
use crate::Closing;

/// Bytes of a head, and lines in it. Browsers send 2 kB.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_LINES: usize = 100;

/// Serves one connection until it ends, has to go, or it is time to stop: then what is under way is answered, and a connection of
/// which no whole head has come ends at once.
pub async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    place: Place,
    closing: Closing,
) {
    // Answers are written as a whole, so nothing is gained by waiting for more. A connection that cannot be told so works as well.
    stream.set_nodelay(true).ok();
    let io = TokioIo::new(Patient::new(stream, limits.write, place.at.clone()));
    let requests = TowerToHyperService::new(Requests { router, peer, at: place.at.clone(), bodies: place.bodies() });
    let mut http = Builder::new();
    // A buffer may grow beyond its size by what one read brings, so a head has a limit of its own.
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(HEAD_BYTES)
        .max_header_size(HEAD_BYTES)
        .max_headers(HEAD_LINES);
    let mut connection = std::pin::pin!(http.serve_connection(io, requests));
    tokio::select! {
        // A client that goes away or sends nonsense is no error of ours; what it asked for has its own line in the log.
        _ = connection.as_mut() => return,
        () = place.cut() => return,
        () = closing.wait() => {}
    }
    if !place.at.is_idle() {
        connection.as_mut().graceful_shutdown();
        connection.await.ok();
    }
}

/// The requests of one connection.
#[derive(Clone)]
struct Requests {
    router: Router,
    peer: SocketAddr,
    at: At,
    bodies: Bodies,
}

impl<B> Service<Request<B>> for Requests
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let at = self.at.clone();
        at.set(Phase::Work);
        let mut request = request.map(|body| {
            Body::new(Coming {
                body: Body::new(body.map_err(axum::Error::new)),
                bodies: self.bodies.clone(),
                waits: false,
            })
        });
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let answer = names_one_host(&request).then(|| self.router.call(request));
        Box::pin(async move {
            let response = match answer {
                Some(answer) => answer.await?,
                None => StatusCode::BAD_REQUEST.into_response(),
            };
            at.set(Phase::Work);
            Ok(response.map(|body| holding(body, Going(at))))
        })
    }
}

/// A request that names two hosts may be one to us and another one to a proxy in front. HTTP/1.0 knows no host.
fn names_one_host<B>(request: &Request<B>) -> bool {
    match request.headers().get_all(HOST).iter().count() {
        0 => request.version() < Version::HTTP_11,
        hosts => hosts == 1,
    }
}

/// The body of a request: while somebody reads it and it has not come, the connection waits for its client.
struct Coming {
    body: Body,
    bodies: Bodies,
    waits: bool,
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        // What comes in pieces has been waited for since its first gap.
        if polled.is_pending() && !self.waits {
            self.waits = true;
            self.bodies.begin();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.bodies.end();
    }
}

/// Held by the body of an answer: when all of it has gone, the connection waits for the next request.
struct Going(At);

impl Drop for Going {
    fn drop(&mut self) {
        self.0.set(Phase::Idle);
    }
}

/// The same body, which holds on to something until it is dropped.
fn holding<B, T>(body: B, held: T) -> Body
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
    T: Send + 'static,
{
    Body::new(body.map_err(move |error| {
        let _: &T = &held;
        error
    }))
}
