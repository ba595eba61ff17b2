//! Applying: by anybody, and always with the same answer, so that it tells nothing about who exists.

use std::sync::Arc;

use chrono::Duration;
use domain::{ApplicationId, Deed, FormKey, applications::Apply, audit::What};
use store::{
    Tx,
    mail::alerts::{self, Alert},
};

use crate::{
    Error, Origin, Service, audit, mail,
    security_log::{self, Who},
    tokens,
};

/// So many wait at most, from whatever networks they come: more than anybody reads, and few for a disk.
const WAITING: i64 = 500;
/// When somebody who came when so many waited may try again, in seconds: some have been decided by then.
const TRY_AGAIN: u64 = 60 * 60;
/// For how long those who decide are not told of one more: they look at all that wait.
const QUIET: Duration = Duration::minutes(10);

const RECEIVED: &str = "We have received your application";
const WAITS: &str = "An application is waiting";

/// Stores an application, and tells the applicant and those who decide. The same form sent twice is one application; one that was corrected
/// before it was sent again is another: the address may have been wrong, and staff see both.
///
/// # Errors
/// Messages at the fields, or [`Error::TooMany`].
pub async fn apply(service: &Arc<Service>, origin: &Origin, key: FormKey, form: &Apply) -> Result<(), Error> {
    let wrote = form.check()?;
    service.limits.apply_again(&origin.address, &wrote.email)?;
    let now = service.clock.now();
    let id: ApplicationId = service.random.id(now);
    let key = key_of(key, form)?;
    let mut tx = service.store.write().await?;
    if !store::applications::insert(&mut tx, id, key, &wrote, now).await? {
        return Ok(());
    }
    // What this transaction has stored is among them, and goes with it.
    if store::applications::more_wait_than(&mut tx, WAITING).await? {
        security_log::event("limit.hit", &origin.address, Who::Unknown, "applications waiting");
        return Err(Error::TooMany { seconds: TRY_AGAIN });
    }
    // Nothing of the applicant stands in the audit log, which forgets nothing: neither the name nor the address.
    let mut event = audit::event(service, origin, What::Applied, id, ())?;
    event.account = store::accounts::operator(&mut tx).await?.map(|operator| operator.id);
    event.who = "an applicant".to_owned();
    event.address = String::new();
    store::audit::append(&mut tx, &event).await?;
    mail::post_about(service, &mut tx, id, &wrote.email, RECEIVED, &mail::ApplicationReceived {}).await?;
    tell_those_who_decide(service, &mut tx, id).await?;
    tx.commit().await?;
    service.post.notify_one();
    Ok(())
}

/// The key of a form with what stands in it: a browser gives a form back with its key, and it may be corrected then.
fn key_of(key: FormKey, form: &Apply) -> Result<FormKey, Error> {
    let typed = serde_json::to_string(&(key, form)).map_err(|e| Error::Internal(e.to_string()))?;
    // 32 of the 64 digits: as many as a key has.
    Ok(FormKey::parse(&tokens::hash(&typed)[..32])?)
}

/// What staff are mailed names nobody either: they read it on the page. Of the first application everybody is told at once; of those
/// that follow shortly after, nobody is told by a mail of its own.
async fn tell_those_who_decide(service: &Service, tx: &mut Tx, id: ApplicationId) -> Result<(), Error> {
    let Some(operator) = store::accounts::operator(tx).await? else { return Ok(()) };
    let link = format!("{}/office/applications/{id}", service.settings.base_url);
    let now = service.clock.now();
    for person in store::contacts::active_of(tx, operator.id).await? {
        if !person.roles.may(Deed::DecideApplications)
            || !alerts::claim(tx, person.id, Alert::Application, now, now - QUIET).await?
        {
            continue;
        }
        let letter = mail::ApplicationWaiting { name: &person.first_name, link: &link };
        mail::post_person(service, tx, &person, WAITS, &letter).await?;
    }
    Ok(())
}
