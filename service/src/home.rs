//! The first page of a reseller.

use chrono::Duration;
use domain::{
    Deed,
    licenses::{ResellerHome, State, Type},
    mail::Undelivered,
};
use store::{Tx, licenses::Page};

use crate::{Cx, Error, accounts, licenses, orders::Bill, products};

/// What a reseller sees first: slots, trials that end within a week, the newest licenses.
///
/// # Errors
/// When the actor is no reseller.
pub async fn reseller(cx: &Cx) -> Result<ResellerHome, Error> {
    cx.may(Deed::SeeCatalog)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let now = cx.now();
    let refusal = match products::ready(&mut tx, &account, zone.day(now)).await {
        Ok(_) => None,
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(error) => return Err(error),
    };
    let ending = Page {
        license_type: Some(Type::Trial),
        state: Some(State::Active),
        ends_by: Some(now + Duration::days(7)),
        ..Page::default()
    };
    let newest = Page { most: 10, ..Page::default() };
    let trials_ending = store::licenses::count(&mut tx, &cx.scope(), &ending, now, 1_000).await?;
    let newest = store::licenses::page(&mut tx, &cx.scope(), &newest, now).await?;
    let undelivered = undelivered(cx, &mut tx).await?;
    let held = store::orders::held_of(&mut tx, Some(account.id)).await?;
    Ok(ResellerHome {
        unpaid: account.unpaid,
        credit: Bill::of(&mut tx, &account, zone, now).await?.credit,
        held,
        trials_ending,
        licenses: account.licenses,
        customers: account.customers,
        undelivered,
        newest: newest.iter().map(|named| licenses::row(named, zone, now)).collect(),
        refusal,
        version: account.version,
    })
}

/// How many mails that could not be delivered are named.
const UNDELIVERED: usize = 20;

/// The mails that could not be delivered: to customers for those who see customers, to the team for those who manage it.
async fn undelivered(cx: &Cx, tx: &mut Tx) -> Result<Vec<Undelivered>, Error> {
    let mut named: Vec<Undelivered> = Vec::new();
    for mail in store::mail::people::undelivered(tx, &cx.scope(), 200).await? {
        let team = mail.account == cx.actor.account;
        if !cx.actor.may(if team { Deed::ManageTeam } else { Deed::SeeCustomers }) {
            continue;
        }
        let customer = (!team).then_some(mail.account);
        let mail = Undelivered { contact: mail.contact, customer, name: mail.name, purpose: mail.purpose };
        // Two orders of one customer are one thing to see to.
        if !named.contains(&mail) {
            named.push(mail);
        }
    }
    named.truncate(UNDELIVERED);
    Ok(named)
}
