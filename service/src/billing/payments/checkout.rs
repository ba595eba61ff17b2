//! The checkout: what is paid for, what it comes to, and what is accepted (B6).

use domain::{
    Deed,
    billing::{CheckoutPage, ToPayForm},
};

use super::wanted::Wanted;
use crate::{Cx, Error, accounts, tokens};

/// What the checkout of licenses or invoices shows.
///
/// # Errors
/// [`Error::NotFound`] for a license of another account.
pub async fn checkout(cx: &Cx, form: &ToPayForm) -> Result<CheckoutPage, Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let wanted = match form.check() {
        Ok(asked) => Wanted::of(cx, &mut tx, account.id, zone, &asked).await?,
        Err(refusal) => Wanted::nothing(account.currency, refusal),
    };
    let terms = store::billing_settings::find(&mut tx).await?.terms;
    Ok(CheckoutPage {
        asked: form.clone(),
        lines: wanted.lines()?,
        total: wanted.total,
        elsewhere: wanted.elsewhere,
        frees: wanted.frees,
        refusal: wanted.refusal,
        mark: tokens::hash(&terms),
        terms,
        card: cx.service.settings.card.is_some(),
    })
}
