//! Sending keys and details to the customer (L15).

use domain::{
    AccountId, Deed, FormKey, LicenseId, Refusal,
    audit::What,
    licenses::{KeyGroup, State},
    mail::Lane,
};
use store::{Tx, contacts::Contact, licenses::Named, mail::people::Of};

use super::license;
use crate::{Cx, Error, accounts, mail, moment::Zone};

/// Sends the details of one license to its customer.
///
/// # Errors
/// [`Error::NotFound`] when it is not of the actor's account; [`Refusal::LicenseFinal`] when its
/// key is dead.
pub async fn send(cx: &Cx, key: FormKey, id: LicenseId) -> Result<(), Error> {
    cx.may(Deed::EditLicenses)?;
    let mut tx = cx.service.store.write().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let named = store::licenses::find(&mut tx, &cx.scope(), id).await?.ok_or(Error::NotFound)?;
    if cx.once(&mut tx, key, What::LicenseSent.word(), id).await?.is_some() {
        return Ok(());
    }
    let of = Of::License(id, named.order);
    send_details(cx, &mut tx, &Sending { licenses: &[named], of, zone, lane: Lane::First }).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// Licenses of one customer, for one mail.
pub(crate) struct Sending<'a> {
    pub licenses: &'a [Named],
    /// Which ones they are.
    pub of: Of,
    pub zone: Zone,
    /// Whether somebody waits for it, or it is one of many.
    pub lane: Lane,
}

/// Puts the mail into the outbox and writes it down for each license.
pub(crate) async fn send_details(cx: &Cx, tx: &mut Tx, sending: &Sending<'_>) -> Result<(), Error> {
    let customer = sending.licenses.first().ok_or(Error::NotFound)?.license.customer;
    for named in sending.licenses {
        let state = named.license.life.state(cx.now());
        if !matches!(state, State::Active | State::Expired) {
            return Err(Refusal::LicenseFinal { state: state.label().to_lowercase() }.into());
        }
        cx.write_down(tx, What::LicenseSent, named.license.id, named.license.reseller, ()).await?;
    }
    let person = recipient(cx, tx, customer).await?;
    cx.may_mail(tx, &person.email)?;
    let mut groups = key_groups(cx, sending.licenses, sending.zone);
    let letter = mail::Details {
        name: &person.first_name,
        organisation: &cx.actor.organisation,
        count: sending.licenses.len(),
        details: KeyGroup::take_common_details(&mut groups).as_deref().map(mail::Secret::details),
        groups: groups.into_iter().map(mail::KeysOf::from).collect(),
        link: &cx.service.settings.base_url,
    };
    let subject = match sending.licenses.len() {
        1 => "Your license key",
        _ => "Your license keys",
    };
    mail::post_details(&cx.service, tx, (&person, sending.of, sending.lane), subject, &letter).await
}

/// To whom the details of somebody's licenses go: to the person of a customer; of the own organisation to the first who can sign in now
/// and may see its licenses, or else to whoever asks. Who has left gets no keys.
pub(crate) async fn recipient(cx: &Cx, tx: &mut Tx, user: AccountId) -> Result<Contact, Error> {
    if user != cx.actor.account {
        return store::contacts::first_of(tx, user).await?.ok_or(Error::NotFound);
    }
    let people = store::contacts::active_of(tx, user).await?;
    match people.into_iter().find(|person| person.roles.may(Deed::SeeLicenses)) {
        Some(person) => Ok(person),
        None => store::contacts::by_id(tx, cx.actor.contact).await?.ok_or(Error::NotFound),
    }
}

/// The keys, each with its own product, option, type and days.
pub(crate) fn key_groups(cx: &Cx, licenses: &[Named], zone: Zone) -> Vec<KeyGroup> {
    let licenses: Vec<_> = licenses.iter().map(|named| license(named, zone, cx.now())).collect();
    KeyGroup::of(&licenses)
}
