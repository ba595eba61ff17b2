//! Changing the basket: its lines, and what has changed about them since.

use domain::{
    Deed, FieldErrors, FormKey, OptionId, Refusal,
    licenses::{QUANTITY_MOST, Type},
};
use store::{
    Tx,
    accounts::Account,
    drafts::{Draft, Kind},
};

use super::draft::{Kept, current, offers};
use crate::{Cx, Error, accounts, drafts, moment::Zone, products};

/// Puts an option into the basket; it becomes more of what is there.
///
/// # Errors
/// A message at `quantity`; [`Error::NotFound`] when it is not offered; [`Refusal::MixedCurrencies`].
pub async fn add(cx: &Cx, key: FormKey, option: OptionId, license_type: Type, quantity: &str) -> Result<(), Error> {
    let more = number(quantity, 1)?;
    let Some(mut change) = Change::begin(cx, key, ("add", option, license_type, more)).await? else { return Ok(()) };
    let today = change.zone.day(cx.now());
    let offer = products::offered(&mut change.tx, &change.account, option, today).await?;
    change.kept.basket.add(&offer, license_type, more)?;
    change.finish(cx).await
}

/// Sets how many of a line are wanted; none takes it out, also when it is not offered any more.
///
/// # Errors
/// A message at `quantity`; [`Refusal::NotOffered`].
pub async fn set(cx: &Cx, key: FormKey, option: OptionId, license_type: Type, quantity: &str) -> Result<(), Error> {
    let wanted = number(quantity, 0)?;
    let Some(mut change) = Change::begin(cx, key, ("set", option, license_type, wanted)).await? else { return Ok(()) };
    if wanted == 0 {
        change.kept.basket.remove(option, license_type);
        return change.finish(cx).await;
    }
    let today = change.zone.day(cx.now());
    match products::offered(&mut change.tx, &change.account, option, today).await {
        Ok(offer) => change.kept.basket.set(&offer, license_type, wanted)?,
        Err(Error::NotFound) => return Err(Refusal::NotOffered.into()),
        Err(error) => return Err(error),
    }
    change.finish(cx).await
}

/// Confirms what has changed since the prices were seen: the prices of now, and nothing that is not offered any more.
///
/// # Errors
/// When the account cannot order.
pub async fn confirm(cx: &Cx, key: FormKey) -> Result<(), Error> {
    let Some(mut change) = Change::begin(cx, key, "confirm").await? else { return Ok(()) };
    let (account, zone) = (change.account.clone(), change.zone);
    products::ready(&mut change.tx, &account, zone.day(cx.now())).await?;
    let offers = offers(cx, &mut change.tx, &account, zone, &change.kept.basket).await?;
    change.kept.basket = change.kept.basket.confirmed(&offers);
    change.finish(cx).await
}

/// A change of the basket of the actor, who has none until something is put into it.
struct Change {
    tx: Tx,
    account: Account,
    zone: Zone,
    draft: Option<Draft>,
    kept: Kept,
}

impl Change {
    /// `None` when the same form was sent before.
    async fn begin(cx: &Cx, key: FormKey, form: impl serde::Serialize + Send) -> Result<Option<Self>, Error> {
        cx.may(Deed::CreateLicenses)?;
        let mut tx = cx.service.store.write().await?;
        store::accounts::hold(&mut tx, cx.actor.account).await?;
        if cx.once(&mut tx, key, "basket.changed", form).await?.is_some() {
            return Ok(None);
        }
        let (account, zone) = accounts::own(cx, &mut tx).await?;
        let (draft, kept) = current(cx, &mut tx).await?;
        Ok(Some(Self { tx, account, zone, draft, kept }))
    }

    async fn finish(mut self, cx: &Cx) -> Result<(), Error> {
        match self.draft {
            Some(draft) => drafts::save(cx, &mut self.tx, draft, &self.kept).await?,
            None => {
                drafts::begin(cx, &mut self.tx, Kind::Basket, &self.kept, None).await?;
            }
        }
        Ok(self.tx.commit().await?)
    }
}

fn number(typed: &str, least: u32) -> Result<u32, FieldErrors> {
    let number = typed.trim().parse().ok().filter(|number| (least..=QUANTITY_MOST).contains(number));
    number.ok_or_else(|| FieldErrors::at("quantity", format!("Enter a whole number from {least} to {QUANTITY_MOST}.")))
}
