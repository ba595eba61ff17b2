//! Ending somebody's sessions in all browsers, by who may help: a lost laptop, a doubt.

use domain::{ContactId, FormKey, audit::What};
use store::{Tx, accounts::Account, contacts::Contact};

use super::whose::{self, Want};
use crate::{Cx, Error, live::Whose};

/// In how many browsers a person is signed in, for a reader who may end that. One's own are on one's own page.
pub(super) async fn open_sessions(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    contact: &Contact,
) -> Result<Option<usize>, Error> {
    if !may_end(cx, account, contact) {
        return Ok(None);
    }
    Ok(Some(store::sessions::of_contact(tx, contact.id, cx.now()).await?.len()))
}

fn may_end(cx: &Cx, account: &Account, contact: &Contact) -> bool {
    contact.id != cx.actor.contact && contact.storefront_since.is_some() && Want::Help.with(cx, account)
}

/// Ends all sessions of a person, who can sign in again as before. Where there are none, nothing is written down.
///
/// # Errors
/// [`Error::NotFound`] for oneself and for whoever is not the actor's to help.
pub async fn end_sessions(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    Want::Help.at_all(cx)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SessionsEnded.word(), id).await?.is_some() {
        return Ok(());
    }
    let (contact, account) = whose::person(cx, &mut tx, Want::See, id).await?;
    if !may_end(cx, &account, &contact) {
        return Err(Error::NotFound);
    }
    if store::sessions::end_others(&mut tx, id, None, cx.now()).await? > 0 {
        cx.write_down(&mut tx, What::SessionsEnded, id, account.id, ()).await?;
    }
    tx.commit().await?;
    cx.service.live.sessions_ended(Whose::Contact(id));
    Ok(())
}
