//! What others do about somebody's sign-in (A5, A6, A7): links again, unlocking, switching off and on.

use domain::{
    ContactId, Deed, FormKey, Refusal,
    audit::What,
    contacts::{Act, LinkKind},
};
use store::{Tx, accounts::Account, contacts::Contact};

use super::{
    add::invite_by,
    edit::judge,
    hold::hold_and_forget_tries,
    links,
    list::{chief, may, want_of},
    reset,
    whose::{self, Want},
};
use crate::{Cx, Error, editions::Changes, live::Whose};

/// A deed that has begun: the person can be helped so.
struct Begun {
    tx: Tx,
    contact: Contact,
    account: Account,
}

/// May, begin, claim the form's key, load in scope, and ask the domain whether it can be done now. `None` when the same form
/// has done it.
async fn begin(cx: &Cx, key: FormKey, id: ContactId, act: Act) -> Result<Option<Begun>, Error> {
    want_of(act).at_all(cx)?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if cx.once(&mut tx, key, act.word(), id).await?.is_some() {
        return Ok(None);
    }
    let (contact, account) = whose::person(cx, &mut tx, Want::See, id).await?;
    if contact.storefront_since.is_none() || !may(cx, &account, act) {
        return Err(Error::NotFound);
    }
    contact.state().check(act)?;
    Ok(Some(Begun { tx, contact, account }))
}

async fn commit(cx: &Cx, tx: Tx) -> Result<(), Error> {
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// Sends a new activation link; the earlier one is void (A5).
///
/// # Errors
/// [`Refusal::NotPending`] when the person has one no use for.
pub async fn resend_link(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    let Some(Begun { mut tx, contact, account }) = begin(cx, key, id, Act::Resend).await? else { return Ok(()) };
    invite_by(cx, &mut tx, &contact, &account).await?;
    commit(cx, tx).await
}

/// Makes a new activation link and gives it to staff, to be passed on by hand: for an operator without mail. The earlier
/// one is void, no mail goes out, and this one is never shown again.
///
/// # Errors
/// [`Error::Unconfirmed`]; [`Refusal::NotPending`]; [`Refusal::FormUnknown`] when the same form was sent before.
pub async fn copy_link(cx: &Cx, key: FormKey, id: ContactId) -> Result<String, Error> {
    // A link is shown to staff only, and whoever has it is that person.
    cx.may(Deed::EditContacts)?;
    cx.confirmed()?;
    let begun = begin(cx, key, id, Act::CopyLink).await?;
    let Begun { mut tx, contact, account } = begun.ok_or(Refusal::FormUnknown)?;
    let (link, _) = links::make(&cx.service, &mut tx, LinkKind::Activation, &contact).await?;
    cx.write_down(&mut tx, What::LinkCopied, contact.id, account.id, ()).await?;
    commit(cx, tx).await?;
    Ok(link.reveal().to_owned())
}

/// Sends a link by which the person chooses a new password; it unlocks, too (A7).
///
/// # Errors
/// [`Refusal::NotInThisState`].
pub async fn send_reset(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    let Some(Begun { mut tx, contact, account }) = begin(cx, key, id, Act::Reset).await? else { return Ok(()) };
    cx.may_mail(&mut tx, &contact.email)?;
    reset::send(&cx.service, &mut tx, &contact).await?;
    cx.write_down(&mut tx, What::ResetSent, contact.id, account.id, ()).await?;
    commit(cx, tx).await
}

/// Lets somebody in again with the password that there is (A6). Links stay as they are: the person may have asked for one because of
/// the lock, and it went to their address.
///
/// # Errors
/// [`Refusal::NotInThisState`].
pub async fn unlock(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    let Some(Begun { mut tx, contact, account }) = begin(cx, key, id, Act::Unlock).await? else { return Ok(()) };
    let contact = hold_and_forget_tries(&mut tx, &contact).await?;
    let unlocked = Contact { wrong_passwords: 0, locked_at: None, ..contact };
    store::contacts::save(&mut tx, &unlocked).await?;
    cx.write_down(&mut tx, What::Unlocked, id, account.id, ()).await?;
    commit(cx, tx).await
}

/// Switches a sign-in off: all its sessions end, and no link works any more (A6).
///
/// # Errors
/// [`Refusal::NotInThisState`], [`Refusal::LastChief`].
pub async fn deactivate(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    let Some(Begun { mut tx, contact, account }) = begin(cx, key, id, Act::Deactivate).await? else { return Ok(()) };
    let away = Contact { deactivated_at: Some(cx.now()), ..contact };
    let saved = store::contacts::change(&mut tx, &away, chief(&account)).await?;
    judge(&mut tx, &account, &away, saved).await?;
    store::sessions::end_others(&mut tx, id, None, cx.now()).await?;
    store::links::void_all(&mut tx, id, cx.now()).await?;
    store::mail::people::replace(&mut tx, id, None, cx.now()).await?;
    let detail = Changes::between([("sign-in", "active", "inactive")]).detail(away.edition);
    cx.write_down(&mut tx, What::Deactivated, id, account.id, detail).await?;
    commit(cx, tx).await?;
    cx.service.live.sessions_ended(Whose::Contact(id));
    Ok(())
}

/// Switches a sign-in on again, as it was before (A6).
///
/// # Errors
/// [`Refusal::NotInThisState`].
pub async fn reactivate(cx: &Cx, key: FormKey, id: ContactId) -> Result<(), Error> {
    let Some(Begun { mut tx, contact, account }) = begin(cx, key, id, Act::Reactivate).await? else { return Ok(()) };
    let back = Contact { deactivated_at: None, ..contact };
    let saved = store::contacts::change(&mut tx, &back, chief(&account)).await?;
    judge(&mut tx, &account, &back, saved).await?;
    // Who was just signing in while this was switched off may have a session that nobody has ended.
    store::sessions::end_others(&mut tx, id, None, cx.now()).await?;
    let detail = Changes::between([("sign-in", "inactive", "active")]).detail(back.edition);
    cx.write_down(&mut tx, What::Reactivated, id, account.id, detail).await?;
    commit(cx, tx).await
}
