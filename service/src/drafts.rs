//! Drafts: what somebody has typed into a wizard and not sent yet. Saved as typed, also when it
//! is wrong, so that back, reload and an expired session lose nothing; never a password.

use chrono::Duration;
use domain::{DraftId, Refusal};
use serde::{Serialize, de::DeserializeOwned};
use store::{
    Tx,
    drafts::{Draft, Kind},
};

use crate::{Cx, Error, Service, returned};

/// O2: how long a draft is kept after it was last touched.
pub(crate) const DAYS: i64 = 7;

/// Begins a draft of the actor.
pub(crate) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    kind: Kind,
    form: impl Serialize,
    parent: Option<DraftId>,
) -> Result<DraftId, Error> {
    let draft = Draft {
        id: cx.service.random.uuid().into(),
        contact: Some(cx.actor.contact),
        kind,
        fields: json(form)?,
        parent,
        updated_at: cx.now(),
    };
    store::drafts::insert(tx, &draft).await?;
    Ok(draft.id)
}

/// A draft of the actor.
pub(crate) async fn find(cx: &Cx, tx: &mut Tx, kind: Kind, id: DraftId) -> Result<Draft, Error> {
    let draft = store::drafts::find(tx, Some(cx.actor.contact), kind, id).await?;
    Ok(draft.filter(|draft| draft.contact.is_some()).ok_or(Refusal::FormUnknown)?)
}

/// A draft of the actor, and what stands in it. What another release wrote and this one cannot read is begun anew.
pub(crate) async fn load<T: DeserializeOwned>(
    cx: &Cx,
    tx: &mut Tx,
    kind: Kind,
    id: DraftId,
) -> Result<(Draft, T), Error> {
    let draft = find(cx, tx, kind, id).await?;
    let form = serde_json::from_str(&draft.fields).map_err(|_| Refusal::FormUnknown)?;
    Ok((draft, form))
}

/// Saves what stands in a draft now.
pub(crate) async fn save(cx: &Cx, tx: &mut Tx, mut draft: Draft, form: impl Serialize) -> Result<(), Error> {
    draft.fields = json(form)?;
    draft.updated_at = cx.now();
    Ok(store::drafts::save(tx, &draft).await?)
}

/// Sweeps what was not touched for 7 days, and what browsers without a session sent an hour ago.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(service: &Service) -> Result<u64, Error> {
    let mut tx = service.store.write().await?;
    let now = service.clock.now();
    let swept = store::drafts::sweep(&mut tx, now - Duration::days(DAYS), returned::oldest_of_nobody(now)).await?;
    tx.commit().await?;
    Ok(swept)
}

fn json(form: impl Serialize) -> Result<String, Error> {
    serde_json::to_string(&form).map_err(|e| Error::Internal(e.to_string()))
}
