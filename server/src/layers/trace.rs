//! Logs each request once, when it is answered: what was asked, by whom and from where, how it went, how long it took.
//!
//! A person and an account are their ids, never names; from where is the network and not the whole address, as in the security log.
//! Never a query (people search for customers), a body, a cookie or the token of a link.

use std::time::Duration;

use axum::{body::Body, response::Response};
use domain::RequestId;
use http::Request;
use service::network::network;
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    trace::{MakeSpan, OnResponse, TraceLayer},
};
use tracing::{Span, field::display};

use super::{address::Client, outcome::Outcome, session::Asker};

/// Pages whose address is a secret.
const SECRET: &[&str] = &["/activate/", "/reset/"];

/// The layer; it needs the request's id.
pub fn layer() -> TraceLayer<SharedClassifier<ServerErrorsAsFailures>, Spans, (), Lines, (), (), ()> {
    TraceLayer::new_for_http()
        .make_span_with(Spans)
        .on_request(())
        .on_response(Lines)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

/// What all lines of one request share.
#[derive(Clone, Copy)]
pub struct Spans;

impl MakeSpan<Body> for Spans {
    fn make_span(&mut self, request: &Request<Body>) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!("request", method = %request.method(), path = loggable(request.uri().path()), id)
    }
}

/// The one line of one request.
#[derive(Clone, Copy)]
pub struct Lines;

impl<B> OnResponse<B> for Lines {
    fn on_response(self, response: &Response<B>, latency: Duration, _: &Span) {
        let status = response.status().as_u16();
        let milliseconds = latency.as_micros() / 100;
        let milliseconds = format_args!("{}.{}", milliseconds / 10, milliseconds % 10);
        let network = response.extensions().get::<Client>().map(|client| display(network(&client.0.to_string())));
        let asker = response.extensions().get::<Asker>();
        let (contact, account) = (asker.map(|asker| display(asker.contact)), asker.map(|asker| display(asker.account)));
        let outcome = response.extensions().get::<Outcome>().map(|outcome| outcome.0.as_str());
        if response.status().is_server_error() {
            tracing::error!(status, %milliseconds, network, contact.id = contact, account.id = account, outcome, "failed");
        } else {
            tracing::info!(status, %milliseconds, network, contact.id = contact, account.id = account, outcome, "answered");
        }
    }
}

/// The path, without what must not be in a log.
fn loggable(path: &str) -> &str {
    SECRET.iter().copied().find(|secret| path.starts_with(secret)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_a7_the_token_of_a_link_is_not_logged() {
        assert_eq!(loggable("/reset/0123456789abcdef"), "/reset/");
        assert_eq!(loggable("/activate/0123456789abcdef"), "/activate/");
        assert_eq!(loggable("/activate/0123456789abcdef/more"), "/activate/");
        assert_eq!(loggable("/licenses/01935f6e"), "/licenses/01935f6e");
    }
}
