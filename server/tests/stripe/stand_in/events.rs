//! Events, and the webhooks that tell of them: signed, and sent as often and in the order that the test likes.

use axum::{Router, body::Body};
use domain::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use serde_json::{Value, json};
use sha2::Sha256;
use tower::ServiceExt;

use super::{Account, StandIn, now};

/// What webhooks are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_hush";

impl Account {
    /// Something has happened.
    pub fn tell(&mut self, kind: &str, object: Value) {
        let id = self.id("evt");
        self.events.push(json!({
            "id": id, "object": "event", "api_version": "2026-09-30.endive", "created": now().timestamp(), "livemode": false,
            "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null }, "type": kind,
            "data": { "object": object },
        }));
    }
}

impl StandIn {
    /// All that has happened so far, as it would be told.
    pub fn events(&self) -> Vec<String> {
        self.account().events.iter().map(Value::to_string).collect()
    }
}

/// The header over a body, signed at a time.
pub fn signed(body: &[u8], at: Timestamp) -> String {
    let time = at.timestamp().to_string();
    let mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).expect("a key");
    let tag = mac.chain_update(&time).chain_update(".").chain_update(body).finalize().into_bytes();
    format!("t={time},v1={},v0={}", hex::encode(tag), "0".repeat(64))
}

/// Tells it, signed just now; the status of the answer.
pub async fn tell(webhook: &Router, event: impl AsRef<[u8]>) -> u16 {
    let header = signed(event.as_ref(), now());
    send(webhook, &[&header], event.as_ref()).await
}

/// Sends any body with any signatures; the status of the answer.
pub async fn send(webhook: &Router, signatures: &[&str], body: &[u8]) -> u16 {
    let mut request = Request::post("/webhooks/stripe").header("content-type", "application/json; charset=utf-8");
    for signature in signatures {
        request = request.header("stripe-signature", *signature);
    }
    let request = request.body(Body::from(body.to_vec())).expect("a request");
    webhook.clone().oneshot(request).await.expect("an answer").status().as_u16()
}
