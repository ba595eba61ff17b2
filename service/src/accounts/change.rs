//! How every change of an account begins and ends.

use domain::{AccountId, FormKey, audit::What, editions::Changed};
use serde::Serialize;
use store::{
    Tx,
    accounts::Kept,
    editions::{Of, raise},
};

use crate::{
    Cx, Error,
    editions::{Changes, changed_meanwhile},
    live::Change,
};

/// Holds the account of a form. `None` when the same form was sent before: then all is done.
pub(super) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    key: FormKey,
    id: AccountId,
    what: What,
    form: impl Serialize,
) -> Result<Option<Kept>, Error> {
    store::accounts::hold(tx, id).await?;
    let kept = store::accounts::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    match cx.once(tx, key, what.word(), (id, form)).await? {
        Some(_) => Ok(None),
        None => Ok(Some(kept)),
    }
}

/// Claims the edition after the one that was `shown`, and writes down what changes with it.
pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    id: AccountId,
    shown: i64,
    what: What,
    changes: Vec<Changed>,
) -> Result<Change, Error> {
    if !raise(tx, Of::Account(id), shown).await? {
        return Err(changed_meanwhile(tx, Of::Account(id), shown).await);
    }
    cx.write_down(tx, what, id, id, Changes::from(changes).detail(shown)).await?;
    let version = store::accounts::raise_version(tx, id).await?;
    Ok(Change { account: id, version, words: "The operator has changed your account".to_owned() })
}
