//! Proving once more who one is, before something that matters.

use domain::{
    FieldErrors,
    contacts::{Code, Confirmation, Password},
};
use store::contacts::Contact;

use super::Tries;
use crate::{
    Cx, Error, contacts,
    security_log::{self, Who},
    tokens::Token,
};

/// Proves once more who somebody is: by the password, and by a code of the second factor where there is one. The session goes on
/// with a new token. The fourth wrong try in a row ends it.
///
/// # Errors
/// Messages at `password` and `code`; [`Error::SignedOut`] when the session has ended.
pub async fn confirm(cx: &Cx, form: &Confirmation) -> Result<Token, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let code = form.check(contact.second_factor_since.is_some())?;
    let tries = Tries::begin(cx).await?;
    let looked = look(cx, &contact, &form.password, code).await;
    tries.judge(cx, &contact, looked).await
}

/// The new token, or what was wrong.
async fn look(
    cx: &Cx,
    contact: &Contact,
    password: &Password,
    code: Option<Code>,
) -> Result<Result<Token, Error>, Error> {
    if !cx.service.hasher.verify(password, contact.password_hash.clone()).await? {
        return Ok(Err(FieldErrors::at("password", "This is not your password.").into()));
    }
    let mut tx = cx.service.store.write().await?;
    if let Some(code) = code
        && !contacts::use_code(cx, &mut tx, contact, &code).await?
    {
        return Ok(Err(contacts::wrong_code()));
    }
    let token = Token::new(&cx.service.random);
    store::sessions::confirmed(&mut tx, cx.actor.session, cx.now()).await?;
    store::sessions::rotate(&mut tx, cx.actor.session, &token.hash()).await?;
    tx.commit().await?;
    security_log::event("step_up.passed", &cx.origin.address, Who::Contact(contact.id), "right");
    Ok(Ok(token))
}
