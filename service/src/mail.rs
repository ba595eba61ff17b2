//! The outbox: mails are written with the deed they speak of, and sent until they arrive (X2).

use std::sync::Arc;

use domain::{MailId, mail::Outbox};

use crate::{Cx, Error, Service};

/// A mail to be sent now.
#[derive(Debug)]
pub struct Letter {
    /// The mail.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// About what.
    pub subject: String,
    /// The plain text.
    pub text: String,
}

/// todo
pub async fn outbox(cx: &Cx, after: Option<String>) -> Result<Outbox, Error> {
    let _ = (cx, after);
    todo!()
}
/// todo
pub async fn due(service: &Arc<Service>) -> Result<Option<Letter>, Error> {
    let _ = service;
    todo!()
}
/// todo
pub async fn sent(service: &Arc<Service>, id: MailId) -> Result<(), Error> {
    let _ = (service, id);
    todo!()
}
/// todo
pub async fn failed(service: &Arc<Service>, id: MailId, error: &str) -> Result<(), Error> {
    let _ = (service, id, error);
    todo!()
}
