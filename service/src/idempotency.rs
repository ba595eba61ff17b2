//! The same form sent twice does its deed once (O2): a double tap, a reload, a second tab, a
//! retry after a lost answer.

use domain::{DraftId, FormKey, Refusal};
use serde::Serialize;
use store::{Tx, idempotency::Claim};

use crate::{Cx, Error, tokens};

impl Cx {
    /// Claims the form's key for a deed, inside the deed's transaction. `Some` is the outcome of
    /// the same form sent before: answer that, and do nothing.
    pub(crate) async fn once(
        &self,
        tx: &mut Tx,
        key: FormKey,
        deed: &str,
        form: impl Serialize,
    ) -> Result<Option<String>, Error> {
        let fingerprint = fingerprint(form)?;
        said(store::idempotency::claim(tx, self.actor.contact, key, deed, &fingerprint, self.now()).await?)
    }

    /// The same without a claim, for who reads before the deed.
    pub(crate) async fn sent_before(
        &self,
        tx: &mut Tx,
        key: FormKey,
        deed: &str,
        form: impl Serialize,
    ) -> Result<Option<String>, Error> {
        said(store::idempotency::look(tx, self.actor.contact, key, deed, &fingerprint(form)?).await?)
    }

    /// Whether the wizard of this draft has done its deed: what was typed into it stays as it is then.
    pub(crate) async fn is_spent(&self, tx: &mut Tx, draft: DraftId) -> Result<bool, Error> {
        Ok(store::idempotency::outcome(tx, self.actor.contact, key_of(draft)).await?.is_some())
    }

    /// Keeps the outcome of a claimed deed.
    pub(crate) async fn settle(&self, tx: &mut Tx, key: FormKey, outcome: impl ToString) -> Result<(), Error> {
        let outcome = outcome.to_string();
        Ok(store::idempotency::settle(tx, self.actor.contact, key, &outcome).await?)
    }
}

fn fingerprint(form: impl Serialize) -> Result<String, Error> {
    let form = serde_json::to_string(&form).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(tokens::hash(&form))
}

fn said(claim: Claim) -> Result<Option<String>, Error> {
    match claim {
        Claim::First => Ok(None),
        Claim::Again(outcome) => Ok(Some(outcome)),
        Claim::Other => Err(Refusal::FormSentBefore.into()),
    }
}

/// The draft whose id is this key: a wizard's form is keyed by its draft.
pub(crate) fn draft_of(key: FormKey) -> DraftId {
    key.to_string().parse().expect("a form key is a UUID, and so is a draft's id")
}

/// The key of a wizard's form.
pub(crate) fn key_of(draft: DraftId) -> FormKey {
    FormKey::parse(&draft.to_string()).expect("drafts have random ids")
}
