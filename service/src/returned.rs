//! Forms that were sent back: what was typed and what was wrong, kept for the page that shows
//! it again to a browser without script. Passwords are never among it.

use std::sync::Arc;

use domain::{ContactId, DraftId};
use serde::{Deserialize, Serialize};
use store::drafts::{Draft, Kind};

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

/// Keeps a form for its page; the id goes into that page's address.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(service: &Arc<Service>, contact: Option<ContactId>, returned: &Returned) -> Result<DraftId, Error> {
    let fields = serde_json::to_string(returned).map_err(|e| Error::Internal(e.to_string()))?;
    let draft = Draft {
        id: service.random.uuid().into(),
        contact,
        kind: Kind::Returned,
        fields,
        parent: None,
        updated_at: service.clock.now(),
    };
    let mut tx = service.store.write().await?;
    store::drafts::insert(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// The form that was kept for that person; of one who was signed out, for whoever knows its id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(service: &Arc<Service>, contact: Option<ContactId>, id: DraftId) -> Result<Option<Returned>, Error> {
    let mut tx = service.store.read().await?;
    let draft = store::drafts::find(&mut tx, contact, Kind::Returned, id).await?;
    Ok(draft.and_then(|draft| serde_json::from_str(&draft.fields).ok()))
}
