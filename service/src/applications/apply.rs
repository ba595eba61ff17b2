//! Applying: by anybody, and always with the same answer, so that it tells nothing about who exists.

use std::sync::Arc;

use domain::{ApplicationId, Deed, FormKey, applications::Apply, audit::What};
use store::Tx;

use crate::{Error, Origin, Service, audit, mail};

/// Stores an application, and tells the applicant and those who decide. The same form sent twice is one application.
///
/// # Errors
/// Messages at the fields, or [`Error::TooMany`].
pub async fn apply(service: &Arc<Service>, origin: &Origin, key: FormKey, form: &Apply) -> Result<(), Error> {
    let wrote = form.check()?;
    service.limits.apply_again(&origin.address, &wrote.email)?;
    let now = service.clock.now();
    let id: ApplicationId = service.random.id(now);
    let mut tx = service.store.write().await?;
    if !store::applications::insert(&mut tx, id, key, &wrote, now).await? {
        return Ok(());
    }
    // Nothing of the applicant stands in the audit log, which forgets nothing: neither the name nor the address.
    let mut event = audit::event(service, origin, What::Applied, id, ())?;
    event.account = store::accounts::operator(&mut tx).await?.map(|operator| operator.id);
    event.who = "an applicant".to_owned();
    event.address = String::new();
    store::audit::append(&mut tx, &event).await?;
    let subject = "We have received your application";
    mail::post_about(service, &mut tx, id, &wrote.email, subject, &mail::ApplicationReceived {}).await?;
    tell_those_who_decide(service, &mut tx, id).await?;
    tx.commit().await?;
    service.post.notify_one();
    Ok(())
}

/// What staff are mailed names nobody either: they read it on the page.
async fn tell_those_who_decide(service: &Service, tx: &mut Tx, id: ApplicationId) -> Result<(), Error> {
    let Some(operator) = store::accounts::operator(tx).await? else { return Ok(()) };
    let link = format!("{}/office/applications/{id}", service.settings.base_url);
    for person in store::contacts::active_of(tx, operator.id).await? {
        if person.roles.may(Deed::DecideApplications) {
            let letter = mail::ApplicationWaiting { name: &person.first_name, link: &link };
            mail::post(service, tx, &person.email, "An application is waiting", &letter).await?;
        }
    }
    Ok(())
}
