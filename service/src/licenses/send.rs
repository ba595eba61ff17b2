//! Sending keys and details to the customer (L15).

use domain::{
    Deed, FormKey, LicenseId, Refusal,
    audit::What,
    licenses::State,
    mail::{Lane, Purpose},
};
use store::{Tx, licenses::Named};

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
    send_details(cx, &mut tx, &Sending { licenses: &[named], zone }).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(())
}

/// Licenses of one order, for one mail.
pub(crate) struct Sending<'a> {
    pub licenses: &'a [Named],
    pub zone: Zone,
}

/// Puts the mail into the outbox and writes it down for each license.
pub(crate) async fn send_details(cx: &Cx, tx: &mut Tx, sending: &Sending<'_>) -> Result<(), Error> {
    let first = sending.licenses.first().ok_or(Error::NotFound)?;
    for named in sending.licenses {
        let state = named.license.life.state(cx.now());
        if !matches!(state, State::Active | State::Expired) {
            return Err(Refusal::LicenseFinal { state: state.label().to_lowercase() }.into());
        }
        cx.write_down(tx, What::LicenseSent, named.license.id, named.license.reseller, ()).await?;
    }
    let person = store::contacts::first_of(tx, first.license.customer).await?.ok_or(Error::NotFound)?;
    cx.may_mail(&person.email)?;
    let date = |at| sending.zone.moment(at).date;
    let letter = mail::Details {
        name: &person.first_name,
        organisation: &cx.actor.organisation,
        product: &format!("{}, {}", first.product, first.option),
        keys: sending.licenses.iter().map(|named| named.license.key.grouped()).collect(),
        valid_until: first.license.life.valid_until.map(date),
        updates_until: first.license.updates_until.map(date),
        details: first.license.customer_details.as_deref(),
        link: &cx.service.settings.base_url,
    };
    let subject = match sending.licenses.len() {
        1 => "Your license key",
        _ => "Your license keys",
    };
    mail::post_to(&cx.service, tx, (&person, Purpose::Details, Lane::First), subject, &letter).await
}
