//! The preview: what one reseller sees, at which price, and why (P2).

use domain::{
    AccountId, Deed,
    accounts::Kind,
    price_lists::{NoPrices, Seen, SeenAs, SeenOption},
};

use crate::{Cx, Error, accounts, moment::Zone};

/// What the reseller sees today; of a price list that does not hold, what it would see.
///
/// # Errors
/// [`Error::NotFound`] when there is no such reseller.
pub async fn seen_as(cx: &Cx, id: AccountId) -> Result<SeenAs, Error> {
    cx.may(Deed::SeePrices)?;
    let mut tx = cx.service.store.read().await?;
    let account = store::accounts::by_id(&mut tx, id).await?;
    let account = account.filter(|account| account.kind == Kind::Reseller).ok_or(Error::NotFound)?;
    let missing = accounts::missing(&mut tx, &account).await?;
    let list = match account.price_list {
        Some(list) => store::price_lists::find(&mut tx, list).await?,
        None => None,
    };
    let no_prices = NoPrices::of(list.as_ref(), Zone::of(&account).day(cx.now()));
    let mut options = Vec::new();
    if let Some(list) = &list {
        let entries = store::price_lists::entries(&mut tx, list).await?;
        let all = store::products::every_option(&mut tx, list.currency).await?;
        options.extend(all.into_iter().map(|option| SeenOption {
            seen: Seen::of(list, entries.get(&option.id).map_or(&[], Vec::as_slice), option.sale),
            product: option.product,
            product_name: option.product_name,
            name: option.name,
            list_price: option.sale.list_price,
        }));
    }
    let list = list.map(|list| (list.id, list.name));
    Ok(SeenAs { account: id, name: account.name, list, no_prices, missing, options })
}
