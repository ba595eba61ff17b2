//! Forms that were sent back: what was typed and what was wrong, kept for the page that shows
//! it again to a browser without script. Passwords are never among it.

use std::sync::Arc;

use domain::{ContactId, DraftId};
use serde::{Deserialize, Serialize};

use crate::{Error, Service};

/// A form that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The server function that it was posted to, `licenses/edit`.
    pub endpoint: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// What was wrong, as JSON.
    pub fault: String,
}

/// todo
pub async fn keep(service: &Arc<Service>, contact: Option<ContactId>, returned: &Returned) -> Result<DraftId, Error> {
    let _ = (service, contact, returned);
    todo!()
}
/// todo
pub async fn find(service: &Arc<Service>, contact: Option<ContactId>, id: DraftId) -> Result<Option<Returned>, Error> {
    let _ = (service, contact, id);
    todo!()
}
