//! What stands in the draft of a basket: its lines, and what was typed into its checkout.

use domain::{
    AccountId, DraftId, Refusal,
    orders::{Basket, BasketLine, CheckoutForm, draft_expired},
    products::Offer,
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    accounts::Account,
    drafts::{Draft, Kind},
};

use super::super::{Bill, Item};
use crate::{Cx, Error, drafts, moment::Zone, products};

/// What stands in it.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The lines.
    pub basket: Basket,
    /// The checkout as typed.
    pub checkout: CheckoutForm,
    /// Whether something stands there that cannot be read: another release wrote it. It is an empty basket then.
    #[serde(skip)]
    pub unread: bool,
}

/// What stands in a draft. The release before this one kept the lines alone.
fn read(draft: &Draft) -> Kept {
    let lines = || serde_json::from_str(&draft.fields).map(|basket| Kept { basket, ..Kept::default() });
    serde_json::from_str(&draft.fields).or_else(|_| lines()).unwrap_or(Kept { unread: true, ..Kept::default() })
}

/// A basket of the actor by its draft.
pub(super) async fn load(cx: &Cx, tx: &mut Tx, id: DraftId) -> Result<(Draft, Kept), Error> {
    let draft = drafts::find(cx, tx, Kind::Basket, id).await?;
    let kept = read(&draft);
    Ok((draft, kept))
}

/// The draft of the actor's basket and what stands in it; nothing where there is none, or where it is too old (O2).
pub(super) async fn current(cx: &Cx, tx: &mut Tx) -> Result<(Option<Draft>, Kept), Error> {
    let draft = store::drafts::newest(tx, cx.actor.contact, Kind::Basket).await?;
    let draft = draft.filter(|draft| !draft_expired(draft.updated_at, cx.now()));
    let kept = draft.as_ref().map(read).unwrap_or_default();
    Ok((draft, kept))
}

/// The checkout that waited for a new customer goes on with it; nothing where no basket waits.
pub(crate) async fn choose_user(cx: &Cx, tx: &mut Tx, waiting: DraftId, account: AccountId) -> Result<(), Error> {
    store::accounts::hold(tx, cx.actor.account).await?;
    match load(cx, tx, waiting).await {
        Ok((draft, mut kept)) => {
            kept.checkout.user = account.to_string();
            drafts::save(cx, tx, draft, &kept).await
        }
        Err(Error::Refused(Refusal::FormUnknown)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is offered now of what is in the basket; nothing while nothing can be ordered.
pub(super) async fn offers(
    cx: &Cx,
    tx: &mut Tx,
    account: &Account,
    zone: Zone,
    basket: &Basket,
) -> Result<Vec<Offer>, Error> {
    let mut offers = Vec::new();
    for line in basket.lines() {
        match products::offered(tx, account, line.option, zone.day(cx.now())).await {
            Ok(offer) => offers.push(offer),
            Err(Error::NotFound | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(offers)
}

/// The lines at the prices that were seen, whatever is offered now.
pub(super) async fn items(tx: &mut Tx, basket: &Basket, bill: &Bill) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for line in basket.lines() {
        let BasketLine { option, seen, .. } = *line;
        let sold = store::products::sold(tx, option).await?.ok_or(Error::NotFound)?;
        items.push(Item::at(sold.offered_at(seen), sold.terms, *line, bill)?);
    }
    Ok(items)
}
