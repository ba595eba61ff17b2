//! What a reseller takes itself for an option: recorded by itself, seen by nobody else (P4).

use domain::{
    BasisPoints, Deed, FormKey, Money, OptionId,
    audit::What,
    price_lists::{BelowFloor, Resale, ResaleForm, ResalePage},
    products::Offer,
};
use serde_json::json;
use store::{Tx, accounts::Account};

use super::offered;
use crate::{Cx, Error, accounts};

/// What is recorded for an option that is offered.
pub(crate) async fn of_offer(tx: &mut Tx, account: &Account, offer: &Offer) -> Result<Option<Resale>, Error> {
    let price = store::resale_prices::find(tx, account.id, offer.option, offer.list_price.currency).await?;
    let floor = store::billing_settings::find(tx).await?.floor;
    Ok(price.map(|price| shown(offer, price, floor)))
}

/// What is recorded for each option that is offered.
pub(super) async fn of_offers<'a>(
    tx: &mut Tx,
    account: &Account,
    offers: impl Iterator<Item = &'a Offer>,
) -> Result<Vec<Resale>, Error> {
    let prices = store::resale_prices::of_account(tx, account.id, account.currency).await?;
    let floor = store::billing_settings::find(tx).await?.floor;
    Ok(offers.filter_map(|offer| Some(shown(offer, *prices.get(&offer.option)?, floor))).collect())
}

fn shown(offer: &Offer, price: Money, floor: BasisPoints) -> Resale {
    Resale { option: offer.option, price, below: BelowFloor::of(price, offer.list_price, floor) }
}

/// An option with what is recorded for it.
///
/// # Errors
/// [`Error::NotFound`] when it is not offered to the actor's account, or the actor may not; [`domain::Refusal::NotReady`].
pub async fn resale_page(cx: &Cx, option: OptionId) -> Result<ResalePage, Error> {
    cx.may(Deed::SetResalePrices)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let offer = offered(&mut tx, &account, option, zone.day(cx.now())).await?;
    Ok(ResalePage {
        option,
        name: offer.full_name(),
        list_price: offer.list_price,
        unit: offer.unit_price(1),
        floor: store::billing_settings::find(&mut tx).await?.floor,
        resale: of_offer(&mut tx, &account, &offer).await?,
    })
}

/// Records it, or takes it away where nothing is typed. Below the floor it is recorded all the same.
///
/// # Errors
/// A message at `resale_price`; as [`resale_page`].
pub async fn set_resale(cx: &Cx, key: FormKey, option: OptionId, form: &ResaleForm) -> Result<(), Error> {
    cx.may(Deed::SetResalePrices)?;
    let mut tx = cx.service.store.write().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let offer = offered(&mut tx, &account, option, zone.day(cx.now())).await?;
    if cx.once(&mut tx, key, What::ResalePriceSet.word(), (option, form)).await?.is_some() {
        return Ok(());
    }
    let currency = offer.list_price.currency;
    let after = form.check(currency)?;
    store::accounts::hold(&mut tx, account.id).await?;
    let before = store::resale_prices::find(&mut tx, account.id, option, currency).await?;
    if before == after {
        return Ok(tx.commit().await?);
    }
    match after {
        Some(price) => store::resale_prices::set(&mut tx, account.id, option, price).await?,
        None => store::resale_prices::remove(&mut tx, account.id, option, currency).await?,
    }
    let words = |price: Option<Money>| price.map(|price| price.to_string());
    let detail = json!({ "changed": [offer.full_name()], "before": words(before), "after": words(after) });
    cx.write_down(&mut tx, What::ResalePriceSet, option, account.id, detail).await?;
    Ok(tx.commit().await?)
}
