//! The first page of a reseller.

use std::collections::HashSet;

use chrono::Duration;
use domain::{
    Deed,
    licenses::{ResellerHome, State, Type},
    mail::Undelivered,
};
use store::{Tx, licenses::Page};

use crate::{Cx, Error, accounts, licenses, products};

/// What a reseller sees first: slots, trials that end within a week, the newest licenses.
///
/// # Errors
/// When the actor is no reseller.
pub async fn reseller(cx: &Cx) -> Result<ResellerHome, Error> {
    cx.may(Deed::SeeCatalog)?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone, bill) = accounts::own_bill(cx, &mut tx).await?;
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
    let newest = store::licenses::rows(&mut tx, &cx.scope(), &newest, now).await?;
    let (undelivered, undelivered_more) = undelivered(cx, &mut tx).await?;
    let held = store::orders::held_of(&mut tx, Some(account.id)).await?;
    Ok(ResellerHome {
        unpaid: account.unpaid,
        credit: bill.credit,
        held,
        trials_ending,
        licenses: account.licenses,
        customers: account.customers,
        undelivered,
        undelivered_more,
        newest: newest.into_iter().map(|listed| licenses::row(listed, zone, now)).collect(),
        not_ready: refusal.map(|refusal| refusal.to_string()),
        version: account.version,
    })
}

/// How many mails that could not be delivered are named.
const UNDELIVERED: usize = 20;
/// Among how many mails the others are counted.
const COUNTED: i64 = 1_000;

/// The mails that could not be delivered: to customers for those who see customers, to the team for those who manage it. The newest are
/// named, and the others counted.
async fn undelivered(cx: &Cx, tx: &mut Tx) -> Result<(Vec<Undelivered>, usize), Error> {
    let (mut named, mut seen) = (Vec::new(), HashSet::new());
    for mail in store::mail::people::undelivered(tx, &cx.scope(), COUNTED).await? {
        let team = mail.account == cx.actor.account;
        if !cx.actor.may(if team { Deed::ManageTeam } else { Deed::SeeCustomers }) {
            continue;
        }
        // Two orders of one customer are one thing to see to.
        if seen.insert((mail.contact, mail.purpose)) && named.len() < UNDELIVERED {
            let customer = (!team).then_some(mail.account);
            named.push(Undelivered { contact: mail.contact, customer, name: mail.name, purpose: mail.purpose });
        }
    }
    let more = seen.len() - named.len();
    Ok((named, more))
}
