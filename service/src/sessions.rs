//! Signing in and out, and the list of signed-in browsers.

use std::sync::Arc;

use domain::{
    Actor, FormKey, SessionId,
    contacts::{SessionRow, SignIn},
};

use crate::{Cx, Error, Origin, Service, tokens::Token};

/// A fresh session.
#[derive(Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: Token,
    /// Who it is.
    pub actor: Actor,
}

/// todo
pub async fn sign_in(service: &Arc<Service>, origin: &Origin, form: &SignIn) -> Result<SignedIn, Error> {
    let _ = (service, origin, form);
    todo!()
}
/// todo
pub async fn resolve(service: &Arc<Service>, token: &str, origin: &Origin) -> Result<Option<Actor>, Error> {
    let _ = (service, token, origin);
    todo!()
}
/// todo
pub async fn sign_out(cx: &Cx) -> Result<(), Error> {
    let _ = cx;
    todo!()
}
/// todo
pub async fn list(cx: &Cx) -> Result<Vec<SessionRow>, Error> {
    let _ = cx;
    todo!()
}
/// todo
pub async fn end(cx: &Cx, key: FormKey, id: SessionId) -> Result<(), Error> {
    let _ = (cx, key, id);
    todo!()
}
