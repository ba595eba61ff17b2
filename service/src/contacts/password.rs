//! Choosing a password.

use domain::{
    FieldErrors, FormKey,
    audit::What,
    contacts::{Password, PasswordChange},
};

use crate::{Cx, Error, mail, tokens::Token};

/// Refuses a password that is easily guessed: well-known ones, names, keyboard runs. The word
/// list is too large for a phone, so this part of the check is the server's alone.
///
/// # Errors
/// A message at `password`.
pub(crate) fn guess_proof(password: &Password, names: &[&str]) -> Result<(), Error> {
    let guess = zxcvbn::zxcvbn(password.reveal(), names);
    if guess.score() >= zxcvbn::Score::Three {
        return Ok(());
    }
    let why =
        guess.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(|w| format!(" {w}")).unwrap_or_default();
    let message = format!("This password is easily guessed.{why} Some unrelated words are a better one.");
    Err(FieldErrors::at("password", message).into())
}

/// Changes the actor's password (also the one that is due at the first sign-in, A10). All other
/// sessions end, and this one goes on with a new token.
///
/// # Errors
/// Messages at the fields; the current password among them.
pub async fn change_password(cx: &Cx, key: FormKey, form: &PasswordChange) -> Result<Token, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let sent_before = store::idempotency::outcome(&mut tx, cx.actor.contact, key).await?.is_some();
    drop(tx);
    let hash = if sent_before {
        None
    } else {
        let names = [contact.username.as_str(), contact.email.as_str()];
        let new = form.check(&names)?;
        guess_proof(&new, &names)?;
        cx.service.limits.try_again(&cx.origin.address, &contact.username)?;
        if !cx.service.hasher.verify(&form.current, contact.password_hash.clone()).await? {
            return Err(FieldErrors::at("current", "This is not your current password.").into());
        }
        Some(cx.service.hasher.hash(&new, &cx.service.random).await?)
    };
    let token = Token::new(&cx.service.random);
    let mut tx = cx.service.store.write().await?;
    let again = cx.once(&mut tx, key, What::PasswordChanged.word(), ()).await?.is_some();
    if let (false, Some(hash)) = (again, hash) {
        let mut contact = store::contacts::by_id(&mut tx, contact.id).await?.ok_or(Error::NotFound)?;
        contact.password_hash = Some(hash);
        contact.password_given_at = None;
        contact.wrong_passwords = 0;
        store::contacts::save(&mut tx, &contact).await?;
        store::sessions::end_others(&mut tx, contact.id, Some(cx.actor.session), cx.now()).await?;
        cx.write_down(&mut tx, What::PasswordChanged, contact.id, contact.account, ()).await?;
        let letter = mail::PasswordChanged { name: &contact.first_name };
        mail::post(&cx.service, &mut tx, &contact.email, "Your password has been changed", &letter).await?;
    }
    store::sessions::rotate(&mut tx, cx.actor.session, &token.hash()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(token)
}
