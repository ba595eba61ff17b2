//! Webhooks of people who only say to be Stripe, and of Stripe gone wrong.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body};
use chrono::Duration;
use domain::billing::PaymentState;
use http::{Method, Request};
use proptest::prelude::*;
use tower::ServiceExt;

use crate::long_bodies::Halves;

use super::{
    Till,
    stand_in::{
        StandIn, Way,
        events::{send, signed, tell},
        now,
    },
};

/// Payment 311 is paid at Stripe, and nobody has told us: the address, and the event that would tell.
async fn untold() -> (Till, Router, String) {
    let (stripe, till) = (StandIn::start().await, Till::default());
    let session = till.begin(&stripe, 311).await;
    stripe.pay(&session.id, Way::Card).expect("paid");
    let webhook = till.webhook(&stripe);
    let event = stripe.events().remove(0);
    (till, webhook, event)
}

#[tokio::test]
async fn security_3_halves_of_webhooks_have_few_places_and_those_of_stripe_need_none() {
    let (till, webhook, event) = untold().await;
    let post = |body: Body| Request::post("/webhooks/stripe").body(body).expect("a request");
    let mut halves = Halves::default();
    for _ in 0..8 {
        let webhook = webhook.clone();
        let send = move |half| async move { webhook.oneshot(post(half)).await.expect("an answer").status() };
        halves.begin(send).await;
    }
    let refused = webhook.clone().oneshot(post(Body::from("x".repeat(20_000)))).await.expect("an answer");
    assert_eq!(refused.status(), 503);
    assert_eq!(send(&webhook, &[&signed(event.as_bytes(), now())], event.as_bytes()).await, 200);
    assert_eq!(till.payment(311).state, PaymentState::Received);
}

#[tokio::test]
async fn b7_a_forged_or_replayed_webhook_is_not_heard() {
    let (till, webhook, event) = untold().await;
    let (body, other) = (event.as_bytes(), event.replace("16577", "99999"));
    let good = signed(body, now());
    let (old, early) = (signed(body, now() - Duration::seconds(301)), signed(body, now() + Duration::seconds(301)));
    let unknown_scheme = good.replace("v1=", "v2=");
    let twice_timed = format!("{good},{}", old.split(',').next().expect("a time"));
    for signatures in [
        &[][..],
        &[""],
        &["t=1,v1=00"],
        &[&signed(other.as_bytes(), now())],
        &[&old],
        &[&early],
        &[&unknown_scheme],
        &[&twice_timed],
        &[&good, &good],
        &[&good, "t=1,v1=00"],
    ] {
        assert_eq!(send(&webhook, signatures, body).await, 400, "{signatures:?}");
    }
    assert_eq!(send(&webhook, &[&good], other.as_bytes()).await, 400);
    assert_eq!(till.payment(311).state, PaymentState::Begun);
    assert_eq!(send(&webhook, &[&good], body).await, 200);
    assert_eq!(till.payment(311).state, PaymentState::Received);
}

#[tokio::test]
async fn b7_a_webhook_that_is_signed_and_still_none_is_not_heard() {
    let (till, webhook, event) = untold().await;
    let half = &event.as_bytes()[..event.len() / 2];
    let latin: Vec<u8> = event.replace("pending", "p\u{fc}nding").chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = event.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = "[".repeat(100_000);
    let twice = event.replace("\"type\":", "\"type\":\"x\",\"type\":");
    for body in [half, &latin, &wide, b"", b"null", b"[]", b"{}", deep.as_bytes(), twice.as_bytes(), b"\xef\xbb\xbf{}"]
    {
        assert_eq!(tell(&webhook, body).await, 400, "{}", String::from_utf8_lossy(&body[..body.len().min(80)]));
    }
    assert_eq!(till.payment(311).state, PaymentState::Begun);
}

#[tokio::test]
async fn b7_a_webhook_that_is_too_long_is_not_read_to_its_end() {
    let (till, webhook, event) = untold().await;
    let long = format!("{event}{}", " ".repeat(256 * 1024));
    assert_eq!(tell(&webhook, &long).await, 413);
    // The same, when it does not say how long it is.
    let pieces = futures::stream::iter(long.clone().into_bytes().chunks(4_096).map(<[u8]>::to_vec).collect::<Vec<_>>());
    let pieces = futures::StreamExt::map(pieces, Ok::<_, std::convert::Infallible>);
    let request = Request::post("/webhooks/stripe").header("stripe-signature", signed(long.as_bytes(), now()));
    let request = request.body(Body::from_stream(pieces)).expect("a request");
    assert_eq!(webhook.clone().oneshot(request).await.expect("an answer").status(), 413);
    assert_eq!(till.payment(311).state, PaymentState::Begun);
    let padded = format!("{event}{}", " ".repeat(200 * 1024));
    assert_eq!(tell(&webhook, padded).await, 200);
}

#[tokio::test]
async fn b7_the_address_takes_posts_and_nothing_else() {
    let (_, webhook, event) = untold().await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let request = Request::builder().method(method.clone()).uri("/webhooks/stripe");
        let request = request.header("stripe-signature", signed(event.as_bytes(), now()));
        let answer = webhook.clone().oneshot(request.body(Body::from(event.clone())).expect("a request")).await;
        assert_eq!(answer.expect("an answer").status(), 405, "{method}");
    }
}

#[tokio::test]
async fn b7_an_answer_says_nothing_of_why() {
    let (_, webhook, event) = untold().await;
    let request = Request::post("/webhooks/stripe").header("stripe-signature", "t=1,v1=00").body(Body::from(event));
    let answer = webhook.oneshot(request.expect("a request")).await.expect("an answer");
    let text = axum::body::to_bytes(answer.into_body(), 1_000).await.expect("a body");
    assert_eq!(&text[..], b"not heard\n");
}

/// The log, as it is written.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn security_8_forged_webhooks_are_one_line_a_minute_in_the_security_log() {
    let (_, webhook, event) = untold().await;
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone());
    let _listens = tracing::subscriber::set_default(lines.finish());
    for _ in 0..3 {
        assert_eq!(send(&webhook, &["t=1,v1=00"], event.as_bytes()).await, 400);
    }
    let text = String::from_utf8(log.0.lock().expect("nobody panics").clone()).expect("text");
    let forged: Vec<_> = text.lines().filter(|line| line.contains("webhook.forged")).collect();
    assert_eq!(forged.len(), 1, "{text}");
    assert!(forged[0].contains("WARN security: "), "{text}");
}

#[test]
fn b7_whatever_is_sent_only_what_stripe_signed_is_heard_and_nothing_breaks() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (till, webhook, event) = runtime.block_on(untold());
    let (body, good) = (event.as_bytes().to_vec(), signed(event.as_bytes(), now()));
    let garbled = (any::<prop::sample::Index>(), 1u8..=255);
    let header = "[ -~]{0,200}";
    proptest!(|((at, by) in garbled, header in header, random in prop::collection::vec(any::<u8>(), 0..300))| {
        let mut changed = body.clone();
        let place = at.index(changed.len());
        changed[place] ^= by;
        prop_assert_eq!(runtime.block_on(send(&webhook, &[&good], &changed)), 400);
        prop_assert_eq!(runtime.block_on(send(&webhook, &[&header], &body)), 400);
        prop_assert_eq!(runtime.block_on(send(&webhook, &[&good], &body[..place])), 400);
        // Signed, whatever it is: heard as somebody else's, or not heard.
        let status = runtime.block_on(tell(&webhook, &random));
        prop_assert!(matches!(status, 200 | 400), "{}", status);
        prop_assert_eq!(till.payment(311).state, PaymentState::Begun);
    });
    assert_eq!(runtime.block_on(tell(&webhook, &event)), 200);
    assert_eq!(till.payment(311).state, PaymentState::Received);
}
