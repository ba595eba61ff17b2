//! Asking everybody of an account for a second factor: staff those of a reseller, owners the staff, admins the own team.

use domain::{
    AccountId, FormKey,
    accounts::Kind,
    audit::What,
    contacts::{Asker, FactorRule},
};
use store::{Tx, accounts::Account};

use super::whose::{self, Want};
use crate::{Cx, Error, live::Change};

/// Whether everybody of an account that the actor may see needs a second factor.
pub(crate) async fn rule(cx: &Cx, tx: &mut Tx, account: &Account) -> Result<FactorRule, Error> {
    let asked = store::second_factors::asked(tx, account.id).await?;
    Ok(FactorRule {
        account: account.id,
        by_operator: asked.by_operator.is_some(),
        by_account: asked.by_account.is_some(),
        without: store::second_factors::without(tx, account.id, FactorRule::MOST).await?,
        reader: asker(cx),
        may_change: Want::Require.with(cx, account),
    })
}

/// Asks everybody of an account for a second factor, or does not any more. It holds from the next request on: whoever has
/// none sets one up before anything else. What the operator asks of a reseller, only the operator takes back.
///
/// # Errors
/// [`Error::Unconfirmed`], or [`Error::NotFound`] when these people are not for the actor to ask.
pub async fn require_second_factor(cx: &Cx, key: FormKey, account: AccountId, required: bool) -> Result<(), Error> {
    Want::Require.at_all(cx)?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SecondFactorRequired.word(), (account, required)).await?.is_some() {
        return Ok(());
    }
    let account = whose::account(cx, &mut tx, Want::Require, Some(account)).await?;
    let since = required.then(|| cx.now());
    if !store::second_factors::require(&mut tx, account.id, asker(cx), since).await? {
        return Ok(tx.commit().await?);
    }
    let what = if required { What::SecondFactorRequired } else { What::SecondFactorNotRequired };
    cx.write_down(&mut tx, what, account.id, account.id, ()).await?;
    let version = store::accounts::raise_version(&mut tx, account.id).await?;
    tx.commit().await?;
    cx.service.live.announce(Change { account: account.id, version, words: words(cx, &account, required) });
    Ok(())
}

fn asker(cx: &Cx) -> Asker {
    match cx.actor.side {
        Kind::Operator => Asker::Operator,
        Kind::Reseller | Kind::Customer => Asker::Account,
    }
}

fn words(cx: &Cx, account: &Account, required: bool) -> String {
    let who = if account.id == cx.actor.account { cx.actor.name.as_str() } else { "The operator" };
    match required {
        true => format!("{who} asks everybody for a second factor"),
        false => format!("{who} does not ask for a second factor any more"),
    }
}
