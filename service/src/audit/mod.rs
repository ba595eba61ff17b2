//! Writing down what was done (X1), in the transaction that does it, and reading it again.

mod detail;
mod list;

pub use list::{Export, Exported, list, own};

use domain::{
    AccountId,
    audit::{HistoryEntry, What},
};
use serde::Serialize;
use store::{Tx, audit::Event};

use crate::{Cx, Error, Origin, Service, moment::Zone};

impl Cx {
    /// Writes down that the actor did `what` with `subject`, in the history of `account`.
    /// `detail` is what changed; no secrets and no keys.
    pub(crate) async fn write_down(
        &self,
        tx: &mut Tx,
        what: What,
        subject: impl ToString,
        account: AccountId,
        detail: impl Serialize,
    ) -> Result<(), Error> {
        let mut event = event(&self.service, &self.origin, what, subject, detail)?;
        event.account = Some(account);
        event.contact = Some(self.actor.contact);
        event.who.clone_from(&self.actor.name);
        Ok(store::audit::append(tx, &event).await?)
    }
}

/// An entry without a signed-in actor: an activation, a locked contact, the command line.
pub(crate) fn event(
    service: &Service,
    origin: &Origin,
    what: What,
    subject: impl ToString,
    detail: impl Serialize,
) -> Result<Event, Error> {
    let now = service.clock.now();
    let detail = serde_json::to_value(detail).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Event {
        id: service.random.id(now),
        at: now,
        what,
        account: None,
        contact: None,
        who: String::new(),
        subject: subject.to_string(),
        detail: (!detail.is_null()).then(|| detail.to_string()),
        address: origin.address.clone(),
        request: origin.request.to_string(),
    })
}

/// The newest entries about a thing that has been found in scope.
pub(crate) async fn history(tx: &mut Tx, subject: impl ToString, zone: Zone) -> Result<Vec<HistoryEntry>, Error> {
    let events = store::audit::of_subject(tx, &subject.to_string(), 50).await?;
    Ok(events
        .into_iter()
        .map(|event| HistoryEntry {
            at: zone.moment(event.at),
            who: event.who,
            what: event.what,
            detail: event.detail.as_deref().and_then(detail::names),
        })
        .collect())
}
