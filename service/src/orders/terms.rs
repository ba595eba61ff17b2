//! Terms of use of what is ordered, and the consent to them (O1).

use domain::{
    Moment, OptionId,
    orders::{Accepted, Consent, NotAccepted, TermsForm, TermsOfUse},
    products::Offer,
};
use store::{Tx, orders::Order};

use super::Item;
use crate::{Cx, Error, moment::Zone, tokens};

/// The terms of use of these options; none where none has any.
pub(crate) async fn terms_of_use(tx: &mut Tx, offers: &[&Offer]) -> Result<Option<TermsOfUse>, Error> {
    let mut options = Vec::new();
    for offer in offers {
        options.push((offer.full_name(), text_of(tx, offer.option).await?));
    }
    Ok(TermsOfUse::of(options, tokens::hash))
}

async fn text_of(tx: &mut Tx, option: OptionId) -> Result<Option<String>, Error> {
    Ok(store::products::sold(tx, option).await?.ok_or(Error::NotFound)?.terms_of_use)
}

/// The consent of the actor to the terms of what is ordered; none where there is nothing to accept.
pub(crate) async fn consent(cx: &Cx, tx: &mut Tx, items: &[Item], said: &TermsForm) -> Result<Option<Consent>, Error> {
    let offers: Vec<_> = items.iter().map(|item| &item.offer).collect();
    let Some(terms) = terms_of_use(tx, &offers).await? else { return Ok(None) };
    let (address, browser) = (&cx.origin.address, &cx.origin.browser);
    match said.check(&terms, cx.actor.contact, cx.now(), address, browser) {
        Ok(consent) => Ok(Some(consent)),
        Err(NotAccepted::Box(errors)) => Err(errors.into()),
        Err(NotAccepted::Others(refusal)) => Err(refusal.into()),
    }
}

/// What a page shows of the consent that was given with an order.
pub(super) async fn accepted(cx: &Cx, tx: &mut Tx, order: &Order, zone: Zone) -> Result<Option<Accepted>, Error> {
    let Some(consent) = store::orders::accepted(tx, order).await? else { return Ok(None) };
    let person = store::contacts::by_id(tx, consent.by).await?;
    let at: Moment = zone.moment(consent.at);
    let from = cx.scope().operator().then(|| match consent.browser.as_str() {
        "" => consent.address.clone(),
        browser => format!("{}, {browser}", consent.address),
    });
    Ok(Some(Accepted { by: person.map(|person| person.name()).unwrap_or_default(), at, from, terms: consent.terms }))
}
