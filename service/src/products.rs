//! What a reseller may order, and at which price (P2); and what staff keep of it.

mod export;
mod keep;
mod options;
mod resale;

pub use export::{COLUMNS, export};
pub use keep::{add, applications, find, list, save, switch};
pub use options::{add_option, option, save_option, switch_option};
pub(crate) use resale::of_offer;
pub use resale::{resale_page, set_resale};

use chrono::NaiveDate;
use domain::{
    Deed, OptionId, Refusal,
    price_lists::{Entry, NoPrices, PriceList, tiers},
    products::{Catalog, Offer, Shelf},
};
use store::{Tx, accounts::Account, products::PricedOption};

use crate::{Cx, Error, accounts};

/// All that the actor's account may order now, or why it may not.
///
/// # Errors
/// When the actor may not see the catalog.
pub async fn catalog(cx: &Cx) -> Result<Catalog, Error> {
    cx.may(Deed::SeeCatalog)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let today = zone.day(cx.now());
    let list = match ready(&mut tx, &account, today).await {
        Ok(list) => list,
        Err(Error::Refused(refusal)) => {
            let no_prices = no_prices(&mut tx, &account, today).await?;
            return Ok(Catalog { shelves: Vec::new(), refusal: Some(refusal), no_prices, resale: Vec::new() });
        }
        Err(error) => return Err(error),
    };
    let entries = store::price_lists::entries(&mut tx, &list).await?;
    let mut shelves: Vec<Shelf> = Vec::new();
    for option in store::products::priced(&mut tx, list.currency).await? {
        let description = option.product.description.clone();
        let Some(offer) = offer(&list, entries.get(&option.id).map_or(&[], Vec::as_slice), option) else {
            continue;
        };
        match shelves.last_mut().filter(|shelf| shelf.product == offer.product) {
            Some(shelf) => shelf.offers.push(offer),
            None => shelves.push(Shelf {
                product: offer.product,
                name: offer.product_name.clone(),
                description,
                offers: vec![offer],
            }),
        }
    }
    let offers = shelves.iter().flat_map(|shelf| &shelf.offers);
    let resale = resale::of_offers(&mut tx, &account, offers).await?;
    Ok(Catalog { shelves, refusal: None, no_prices: None, resale })
}

/// One option as the reseller sees it.
///
/// # Errors
/// [`Refusal::NotReady`] when nothing can be ordered, [`Error::NotFound`] when not this (P2).
pub(crate) async fn offered(tx: &mut Tx, account: &Account, id: OptionId, today: NaiveDate) -> Result<Offer, Error> {
    let list = ready(tx, account, today).await?;
    let entries = store::price_lists::entries(tx, &list).await?;
    let option = store::products::priced_one(tx, id, list.currency).await?;
    option.and_then(|option| offer(&list, entries.get(&id).map_or(&[], Vec::as_slice), option)).ok_or(Error::NotFound)
}

/// What is the matter with the price list of a reseller (P2).
async fn no_prices(tx: &mut Tx, account: &Account, today: NaiveDate) -> Result<Option<NoPrices>, Error> {
    let list = match account.price_list {
        Some(id) => store::price_lists::find(tx, id).await?,
        None => None,
    };
    Ok(NoPrices::of(list.as_ref(), today))
}

/// The price list that a ready reseller orders by (A2).
pub(crate) async fn ready(tx: &mut Tx, account: &Account, today: NaiveDate) -> Result<PriceList, Error> {
    let (list, user) = store::price_lists::ordered_by(tx, account.id).await?;
    let list = list.filter(|list| accounts::holds(list, account, today));
    let missing = accounts::lacks(account, user, list.is_some());
    match list {
        Some(list) if missing.is_empty() => Ok(list),
        _ => Err(Refusal::NotReady { missing }.into()),
    }
}

fn offer(list: &PriceList, entries: &[Entry], option: PricedOption) -> Option<Offer> {
    Some(Offer {
        tiers: tiers(list, entries, option.list_price)?,
        option: option.id,
        product: option.product.id,
        product_name: option.product.name,
        name: option.name,
        kind: option.kind,
        add_on: option.product.add_on_of.is_some(),
        billing: option.billing,
        trial_days: option.product.trial_days,
        activations: option.activations,
        list_price: option.list_price,
    })
}
