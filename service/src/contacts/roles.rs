//! Giving roles to the people of the own account (A8, A9). Rights are read at each request, so they hold from the next one on.

use domain::{
    ContactId, FormKey,
    audit::What,
    contacts::{RolesForm, State},
};
use serde_json::json;
use store::contacts::{Contact, Saved};

use super::{
    add::invite_by,
    edit::judge,
    list::chief,
    names::{Question, ask},
    whose::{self, Want},
};
use crate::{Cx, Error, editions::Changes};

/// Gives somebody other roles. Who could not sign in so far is invited.
///
/// # Errors
/// Messages at `user_type` and `roles`, [`domain::Refusal::LastChief`] for the last active admin or owner (A6),
/// [`domain::Refusal::ChangedMeanwhile`], or [`Error::NotFound`] for anybody of another account.
pub async fn set_roles(cx: &Cx, key: FormKey, id: ContactId, edition: i64, form: &RolesForm) -> Result<(), Error> {
    Want::Roles.at_all(cx)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    // Before the key, which refers to who sends it.
    store::contacts::hold_names(&mut tx).await?;
    if cx.once(&mut tx, key, What::RolesChanged.word(), (id, edition, form)).await?.is_some() {
        return Ok(());
    }
    let (before, account) = whose::person(cx, &mut tx, Want::Roles, id).await?;
    let roles = form.check(account.kind)?;
    let since = before.storefront_since.or(Some(cx.now()));
    let after = Contact { roles, storefront_since: since, edition, ..before.clone() };
    if after == before {
        return Ok(tx.commit().await?);
    }
    // Who could not sign in so far takes a name by it, and whether that is free is not told without limit.
    let question = before.storefront_since.is_none().then(|| ask(cx, &[&after.username, &after.email])).transpose()?;
    let saved = store::contacts::change(&mut tx, &after, chief(&account)).await?;
    if saved == Saved::Taken {
        question.into_iter().for_each(Question::taken);
    }
    judge(&mut tx, &account, &after, saved).await?;
    let (was, is) = (before.roles.labels(), after.roles.labels());
    let words = if was.is_empty() { is.clone() } else { format!("{was} to {is}") };
    // The history says which, also to those who read no more than names there.
    let mut detail = Changes::between([("roles", &was, &is)]).detail(edition);
    detail["changed"] = json!([words]);
    cx.write_down(&mut tx, What::RolesChanged, id, account.id, detail).await?;
    if before.storefront_since.is_none() && after.state() == State::PendingActivation {
        invite_by(cx, &mut tx, &after, &account).await?;
    }
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}
