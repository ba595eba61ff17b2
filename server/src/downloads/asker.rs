//! Who asks for a file, and with which address.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    response::{IntoResponse, Response},
};
use domain::Actor;
use http::{StatusCode, Uri, request::Parts};
use service::{Cx, Origin, Service};
use url::form_urlencoded;

use super::signed_out;

/// Somebody who is signed in; all others sign in first, and come back.
pub(super) struct Asker {
    pub cx: Cx,
    uri: Uri,
}

impl Asker {
    /// What stands in the address by that name.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asker
where
    Arc<Service>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let uri = parts.uri.clone();
        let actor = parts.extensions.get::<Actor>().cloned().ok_or_else(|| signed_out(&uri))?;
        let origin = parts.extensions.get::<Origin>().cloned();
        let origin = origin.ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
        Ok(Self { cx: Cx::new(FromRef::from_ref(state), actor, origin), uri })
    }
}
