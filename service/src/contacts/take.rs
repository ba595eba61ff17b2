//! Taking a second factor from somebody who has lost it: the phone, the recovery codes and the passkeys.

use domain::{ContactId, FormKey, Refusal, audit::What, contacts::TakeFactor};
use store::{Tx, accounts::Account, contacts::Contact};

use super::whose::{self, Want};
use crate::{
    Cx, Error, Origin, Service,
    live::Whose,
    mail::{self, Taken},
    security_log::{self, Who},
};

/// Whether the actor may take that person's second factor away. Nobody may take the own one so: that is switched off on the
/// own page, which knows whether it has to stay.
pub(super) fn may_take(cx: &Cx, account: &Account, contact: &Contact) -> bool {
    contact.id != cx.actor.contact && Want::Switch.with(cx, account)
}

/// Takes somebody's app, recovery codes and passkeys away. Their sessions end and they are told; the next sign-in takes the
/// password alone, and where a second factor is required, a new one is set up before anything else.
///
/// # Errors
/// A message at `sure`, [`Error::Unconfirmed`], [`Refusal::SecondFactorGone`], or [`Error::NotFound`] for oneself and for
/// whoever is not the actor's to switch off.
pub async fn take_second_factor(cx: &Cx, key: FormKey, id: ContactId, form: &TakeFactor) -> Result<(), Error> {
    Want::Switch.at_all(cx)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SecondFactorTaken.word(), (id, form)).await?.is_some() {
        return Ok(());
    }
    let (contact, account) = whose::person(cx, &mut tx, Want::Switch, id).await?;
    if !may_take(cx, &account, &contact) {
        return Err(Error::NotFound);
    }
    form.check()?;
    let lost = Taken::Lost(&cx.actor.organisation);
    if !take_away(&cx.service, &cx.origin, &mut tx, &contact, lost).await? {
        return Err(Refusal::SecondFactorGone.into());
    }
    store::sessions::end_others(&mut tx, id, None, cx.now()).await?;
    cx.write_down(&mut tx, What::SecondFactorTaken, id, account.id, ()).await?;
    tx.commit().await?;
    cx.service.live.sessions_ended(Whose::Contact(id));
    cx.service.post.notify_one();
    Ok(())
}

/// Takes app, recovery codes and passkeys away in a deed's transaction. Where there were any, it stands in the security log, and the
/// person is told at the address of `contact`. Says whether there were any. Whoever calls has seen to it that the actor has proved who
/// they are, and ends the sessions.
pub(super) async fn take_away(
    service: &Service,
    origin: &Origin,
    tx: &mut Tx,
    contact: &Contact,
    taken: Taken<'_>,
) -> Result<bool, Error> {
    if !store::second_factors::remove(tx, contact.id).await? {
        return Ok(false);
    }
    security_log::event("second_factor.changed", &origin.address, Who::Contact(contact.id), "taken away");
    let required = store::second_factors::required(tx, contact.account).await?.is_some();
    let letter = mail::SecondFactorTaken { name: &contact.first_name, taken, required };
    mail::post_person(service, tx, contact, "Your second factor has been taken away", &letter).await?;
    Ok(true)
}
