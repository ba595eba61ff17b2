//! Notes for the log what came of a server function: `signed_out`, `refused.sign_in_failed`. Never what was typed.

use app::Fault;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use serde_json::Value;

/// Faults are a few sentences.
const FAULT_BYTES: usize = 256 * 1024;

/// What came of it, in a word or two.
#[derive(Debug, Clone)]
pub struct Outcome(pub String);

/// Around the server functions: reads a fault on its way, and notes its name beside the answer.
pub async fn layer(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, FAULT_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.extensions.insert(Outcome(name(&Fault::read(body.clone()))));
    Response::from_parts(parts, Body::from(body))
}

/// The names of its cases, and nothing of what they hold.
fn name(fault: &Fault) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    let (outer, held) = case(&value);
    match fault {
        Fault::Refused(_) | Fault::Due(_) => format!("{outer}.{}", held.map_or("", |held| case(held).0)),
        _ => outer.to_owned(),
    }
}

fn case(value: &Value) -> (&str, Option<&Value>) {
    match value {
        Value::String(name) => (name, None),
        Value::Object(object) => object.iter().next().map_or(("", None), |(name, held)| (name, Some(held))),
        _ => ("", None),
    }
}

#[cfg(test)]
mod tests {
    use domain::{FieldErrors, Refusal, actor::Due};

    use super::*;

    #[test]
    fn what_came_of_it_has_a_name_and_nothing_of_what_was_typed() {
        for (fault, expected) in [
            (Refusal::SignInFailed.into(), "refused.sign_in_failed"),
            (Refusal::UnpaidCap { cap: 10, left: 2, asked: 3 }.into(), "refused.unpaid_cap"),
            (Fault::Fields(FieldErrors::at("login", "Enter the username of secret.")), "fields"),
            (Fault::TooMany { seconds: 60 }, "too_many"),
            (Fault::NotFound, "not_found"),
            (Fault::Due(Due::Proof), "due.proof"),
        ] {
            assert_eq!(name(&fault), expected);
        }
    }
}
