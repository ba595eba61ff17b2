//! The page of one account.

use domain::{
    AccountId, Deed,
    accounts::{AccountForm, AccountHead, AccountPage, CreditForm},
};
use store::{Tx, accounts::Kept};

use super::{holds, lacks, own, places};
use crate::{Cx, Error, contacts, moment::Zone};

/// The page of one account: its details.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not see it.
pub async fn find(cx: &Cx, id: AccountId) -> Result<AccountPage, Error> {
    let mut tx = cx.service.store.read().await?;
    let (kept, head, _) = opened(cx, &mut tx, id).await?;
    let form = AccountForm::of(&kept.details);
    let currency = kept.account.currency;
    let limit_form = cx.actor.may(Deed::SetCreditLimits).then(|| CreditForm::of(kept.limit, currency));
    Ok(AccountPage {
        country: places::country(&form.country).map(str::to_owned),
        edition: kept.edition,
        choices: head.may_edit.then(|| places::choices(&form.time_zone)),
        currency,
        limit: kept.limit,
        limit_form,
        unpaid: kept.account.unpaid,
        customers: kept.account.customers,
        licenses: kept.account.licenses,
        factor_rule: contacts::rule(cx, &mut tx, &kept.account).await?,
        head,
        form,
    })
}

/// An account with the top of its page, and the zone of who reads it.
pub(super) async fn opened(cx: &Cx, tx: &mut Tx, id: AccountId) -> Result<(Kept, AccountHead, Zone), Error> {
    cx.may(Deed::SeeAccounts)?;
    let kept = store::accounts::find(tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    let (_, zone) = own(cx, tx).await?;
    let account = &kept.account;
    let (list, user) = store::price_lists::ordered_by(tx, account.id).await?;
    let today = Zone::of(account).day(cx.now());
    let missing = lacks(account, user, list.is_some_and(|list| holds(&list, account, today)));
    let suspended = account.suspended_at.map(|at| (zone.moment(at), kept.reason.clone().unwrap_or_default()));
    let head = AccountHead {
        id,
        name: account.name.clone(),
        created: zone.moment(account.created_at),
        suspended,
        missing,
        may_edit: cx.actor.may(Deed::EditAccounts),
    };
    Ok((kept, head, zone))
}
