//! The people of an account: activation and passwords.

use std::sync::Arc;

use domain::{
    FormKey,
    contacts::{Activation, Invitation, Password, PasswordChange},
};

use crate::{Cx, Error, Origin, Service, tokens::Token};

/// todo
pub async fn invitation(service: &Arc<Service>, token: &str) -> Result<Invitation, Error> {
    let _ = (service, token);
    todo!()
}
/// todo
pub async fn activate(service: &Arc<Service>, origin: &Origin, form: &Activation) -> Result<(), Error> {
    let _ = (service, origin, form);
    todo!()
}
/// todo
pub async fn ask_new_link(service: &Arc<Service>, origin: &Origin, token: &str) -> Result<(), Error> {
    let _ = (service, origin, token);
    todo!()
}
/// todo
pub async fn change_password(cx: &Cx, key: FormKey, form: &PasswordChange) -> Result<Token, Error> {
    let _ = (cx, key, form);
    todo!()
}
/// todo
pub async fn make_owner(service: &Arc<Service>, email: &str, password: &Password) -> Result<(), Error> {
    let _ = (service, email, password);
    todo!()
}
