//! Topping up: a payment without an invoice, which raises the available credit (C6).

use domain::{
    Deed, FieldErrors, FormKey, Refusal,
    billing::{Method, PaymentNumber, Purpose, TopUpForm, TopUpPage, may_top_up},
};

use super::begin;
use crate::{Cx, Error, accounts};

/// What the page of a top-up shows.
///
/// # Errors
/// When the actor may not pay.
pub async fn top_up_page(cx: &Cx) -> Result<TopUpPage, Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.read().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    let billed = store::accounts::billed(&mut tx, account.id).await?.ok_or(Error::NotFound)?;
    let credit = billed.credit().map_err(Refusal::from)?;
    let limit = billed.limit;
    Ok(TopUpPage {
        available: credit.available().to_string(),
        balance: billed.balance,
        currency: account.currency.code().to_owned(),
        refusal: may_top_up(limit).err(),
        card: cx.service.settings.card.is_some(),
    })
}

/// Begins a top-up, and gives its number.
///
/// # Errors
/// Messages at `amount` and `method`; [`Refusal::TopUpUnlimited`].
pub async fn top_up(cx: &Cx, key: FormKey, form: &TopUpForm, method: &str) -> Result<PaymentNumber, Error> {
    cx.may(Deed::Pay)?;
    let mut tx = cx.service.store.write().await?;
    let (account, _) = accounts::own(cx, &mut tx).await?;
    if let Some(done) = cx.once(&mut tx, key, "payment.top_up", (form, method)).await? {
        return done.parse().map_err(|_| Error::NotFound);
    }
    store::accounts::hold(&mut tx, account.id).await?;
    let billed = store::accounts::billed(&mut tx, account.id).await?.ok_or(Error::NotFound)?;
    may_top_up(billed.limit)?;
    let mut errors = FieldErrors::default();
    // The currency of now: what was read of the account before it was held may be older.
    let amount = errors.take_all(form.check(billed.balance.currency));
    let method = errors.take_all(Method::check(method, cx.service.settings.card.is_some()));
    let (amount, method) = amount.zip(method).ok_or(errors)?;
    let payment = begin::new(cx, &mut tx, &account, Purpose::TopUp, method, amount).await?;
    store::payments::insert(&mut tx, &payment, None).await?;
    begin::finish(cx, tx, key, &payment).await
}
