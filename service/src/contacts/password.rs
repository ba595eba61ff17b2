//! Choosing a password.

use domain::{
    FieldErrors, FormKey,
    audit::What,
    contacts::{Password, PasswordChange},
};
use store::contacts::Contact;

use super::{
    guessable::{guess_proof_by, known_about},
    hold::hold_and_forget_tries,
    links,
};
use crate::{
    Cx, Error, mail,
    security_log::{self, Who},
    sessions::throttle,
    tokens::Token,
};

/// Changes the actor's password (also the one that is due at the first sign-in, A10). All other sessions end, no mailed link works
/// any more, and this session goes on with a new token. The current password counts as proving it once more, except for somebody
/// with a second factor, who would have to give a code as well.
///
/// # Errors
/// Messages at the fields; the current password among them. [`Error::TooMany`], [`Error::Busy`]; [`Error::SignedOut`] when the
/// session has ended meanwhile.
pub async fn change_password(cx: &Cx, key: FormKey, form: &PasswordChange) -> Result<Token, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, contact.account).await?.ok_or(Error::NotFound)?;
    let known = known_about(&mut tx, &contact, &account).await?;
    let sent_before = store::idempotency::outcome(&mut tx, cx.actor.contact, key).await?.is_some();
    drop(tx);
    let hash = if sent_before {
        None
    } else {
        let names = [contact.username.as_str(), contact.email.as_str()];
        let new = form.check(&names)?;
        let _seat = guess_proof_by(cx, &new, known).await?;
        cx.service.limits.try_again(&cx.origin.address, &contact.username)?;
        current_is_right(cx, &contact, &form.current).await?;
        Some(cx.service.hasher.hash(&new, &cx.service.random).await?)
    };
    let token = Token::new(&cx.service.random);
    let mut tx = cx.service.store.write().await?;
    // Before the form's key, which refers to the person: whoever renames them holds the account and waits for that.
    store::accounts::hold(&mut tx, contact.account).await?;
    let again = cx.once(&mut tx, key, What::PasswordChanged.word(), ()).await?.is_some();
    if let (false, Some(hash)) = (again, hash) {
        let held = hold_and_forget_tries(&mut tx, &contact).await?;
        // While this one was hashed, somebody may have ended the session, or chosen another password.
        if !store::sessions::held_open(&mut tx, cx.actor.session).await? {
            return Err(Error::SignedOut);
        }
        if held.password_hash != contact.password_hash {
            return Err(not_current());
        }
        let contact = Contact { password_hash: Some(hash), password_given_at: None, wrong_passwords: 0, ..held };
        store::contacts::save(&mut tx, &contact).await?;
        links::void_all(&mut tx, contact.id, cx.now()).await?;
        store::sessions::end_others(&mut tx, contact.id, Some(cx.actor.session), cx.now()).await?;
        if contact.second_factor_since.is_none() {
            store::sessions::confirmed(&mut tx, cx.actor.session, cx.now()).await?;
        }
        cx.write_down(&mut tx, What::PasswordChanged, contact.id, contact.account, ()).await?;
        let letter = mail::PasswordChanged { name: &contact.first_name };
        mail::post_person(&cx.service, &mut tx, &contact, "Your password has been changed", &letter).await?;
    }
    store::sessions::rotate(&mut tx, cx.actor.session, &token.hash()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(token)
}

/// A wrong one counts like one at the sign-in (A6): whoever sits before an open session guesses no faster.
async fn current_is_right(cx: &Cx, contact: &Contact, current: &Password) -> Result<(), Error> {
    let tried = throttle::check(&cx.service, &cx.origin, contact).await?;
    let right = cx.service.hasher.verify(current, contact.password_hash.clone()).await;
    let mut tx = cx.service.store.write().await?;
    if let Ok(false) = right {
        security_log::event("password_change.failed", &cx.origin.address, Who::Contact(contact.id), "password");
        throttle::count_wrong(&cx.service, &mut tx, &cx.origin, &tried).await?;
    } else {
        throttle::release(&mut tx, &tried).await?;
    }
    tx.commit().await?;
    if right? { Ok(()) } else { Err(not_current()) }
}

fn not_current() -> Error {
    FieldErrors::at("current", "This is not your current password.").into()
}
