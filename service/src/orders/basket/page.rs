//! The basket as it stands, with what it comes to and what has changed about it.

use chrono::Duration;
use domain::{
    Deed, Money, Refusal,
    billing::Decision,
    customers::Picked,
    orders::{BasketPage, BasketRow, CheckoutForm, DRAFT_DAYS},
};
use store::{Tx, accounts::Account};

use super::{
    super::{Bill, Item, item::quote, terms_of_use},
    draft::{current, items, offers},
};
use crate::{Cx, Error, accounts, licenses::picked, products};

/// The basket as it stands.
///
/// # Errors
/// When the actor may not order.
pub async fn find(cx: &Cx) -> Result<BasketPage, Error> {
    cx.may(Deed::CreateLicenses)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let (draft, kept) = current(cx, &mut tx).await?;
    let basket = kept.basket;
    let own = picked(cx, &mut tx, &account, account.id).await?.ok_or(Error::NotFound)?;
    let bill = Bill::of(&mut tx, &account, zone, cx.now()).await?;
    let offers = offers(cx, &mut tx, &account, zone, &basket).await?;
    let items = items(&mut tx, &basket, &bill).await?;
    // A basket may be older than the currency of its account; then its lines have changed, and the credit says nothing of them.
    let currency = basket.currency().unwrap_or(account.currency);
    let quote = quote(&items, Money::zero(currency))?;
    let held = match currency == account.currency {
        true => over(&bill, quote.takes)?,
        false => None,
    };
    let refusal = match products::ready(&mut tx, &account, zone.day(cx.now())).await {
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(error) => return Err(error),
        Ok(_) => None,
    };
    Ok(BasketPage {
        kept_until: draft.as_ref().map(|draft| zone.moment(draft.updated_at + Duration::days(DRAFT_DAYS.into()))),
        draft: draft.map(|draft| draft.id),
        rows: items.iter().map(row).collect(),
        unread: kept.unread,
        changes: if refusal.is_some() { Vec::new() } else { basket.changes(&offers) },
        takes: quote.takes,
        held,
        refusal,
        credit: bill.credit,
        unpaid: account.unpaid,
        slots: quote.slots(),
        today: zone.day(cx.now()),
        own,
        user: user(cx, &mut tx, &account, &kept.checkout).await?,
        checkout: kept.checkout,
        terms: terms_of_use(&mut tx, &items.iter().map(|item| &item.offer).collect::<Vec<_>>()).await?,
    })
}

/// C3: by how much it exceeds the credit.
fn over(bill: &Bill, takes: Money) -> Result<Option<domain::billing::Shortfall>, Error> {
    Ok(match bill.credit.decide(takes).map_err(Refusal::from)? {
        Decision::Hold(shortfall) => Some(shortfall),
        Decision::Execute => None,
    })
}

/// Whom it is for, as far as that was chosen.
async fn user(cx: &Cx, tx: &mut Tx, account: &Account, form: &CheckoutForm) -> Result<Option<Picked>, Error> {
    match form.user.parse() {
        Ok(id) => picked(cx, tx, account, id).await,
        Err(_) => Ok(None),
    }
}

fn row(item: &Item) -> BasketRow {
    let (line, amount) = (item.quoted.line, item.quoted.charge.amount());
    BasketRow {
        option: line.option,
        name: item.offer.full_name(),
        license_type: line.license_type,
        quantity: line.quantity,
        explained: item.quoted.charge.to_string(),
        net: amount.net(),
        tax: amount.tax(),
    }
}
