//! A new password in place of a forgotten one (A7).

use std::sync::Arc;

use domain::{
    audit::What,
    contacts::{Activation, Forgot, Invitation, LinkKind, State},
    mail::{Lane, Purpose},
};
use store::{
    Tx,
    contacts::{Contact, Lookup},
};
use tokio::task::JoinHandle;

use super::{
    activate::{invite, words_for},
    links,
};
use crate::{Error, Origin, Service, audit, mail};

/// To how many people with one address the links go.
const MAILED: i64 = 10;

/// Sends somebody a link for a new password; a former one is void. In the deed's transaction.
pub(super) async fn send(service: &Service, tx: &mut Tx, contact: &Contact) -> Result<(), Error> {
    let (link, _) = links::make(service, tx, LinkKind::Reset, contact).await?;
    let letter = mail::Reset { name: &contact.first_name, username: &contact.username, link: &link };
    mail::post_to(service, tx, (contact, Purpose::Reset, Lane::First), "Choose a new password", &letter).await
}

/// Somebody forgot the password of a name. The answer is given before anybody looks whether there is such a name, so that
/// neither its words nor its time tell who exists; what is done then is done by the task, also when the program is told to stop meanwhile.
/// No more of them wait than there are places. Once a write has failed, no link is promised to anybody until one works.
///
/// # Errors
/// A message at an empty field, [`Error::TooMany`], or [`Error::Busy`]; when the database cannot be written.
pub async fn forgot(service: &Arc<Service>, origin: &Origin, form: &Forgot) -> Result<JoinHandle<()>, Error> {
    let login = form.check()?;
    let place = service.limits.forgot_again(&origin.address, &login)?;
    if let Err(error) = service.store.writable().await {
        service.limits.forgot_nothing(&origin.address, &login);
        return Err(error.into());
    }
    let (of, origin) = (service.clone(), origin.clone());
    service.afterwards.go_on(async move {
        let _place = place;
        if let Err(error) = answer(&of, &origin, &login).await {
            of.limits.forgot_nothing(&origin.address, &login);
            tracing::error!(request.id = %origin.request, %error, "a link for a new password cannot be sent");
        }
    })
}

/// A link for a new password, or for the first one, for each of those who have that name or address. Who is inactive gets none.
async fn answer(service: &Arc<Service>, origin: &Origin, login: &str) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    for contact in store::contacts::all_by_login(&mut tx, login, MAILED, Lookup::Mail).await? {
        answer_one(service, &mut tx, origin, contact).await?;
    }
    tx.commit().await?;
    service.post.notify_one();
    Ok(())
}

async fn answer_one(service: &Arc<Service>, tx: &mut Tx, origin: &Origin, contact: Contact) -> Result<(), Error> {
    if contact.storefront_since.is_none() {
        return Ok(());
    }
    let what = match contact.state() {
        State::Inactive => return Ok(()),
        State::PendingActivation => {
            let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Error::NotFound)?;
            let organisation = words_for(tx, &account).await?;
            invite(service, tx, &contact, &organisation).await?;
            What::Invited
        }
        State::Active | State::Locked => {
            send(service, tx, &contact).await?;
            What::ResetSent
        }
    };
    let mut event = audit::event(service, origin, what, contact.id, ())?;
    event.account = Some(contact.account);
    event.who = contact.name();
    Ok(store::audit::append(tx, &event).await?)
}

/// What the page behind a link for a new password shows to its holder.
///
/// # Errors
/// [`LinkUnknown`](domain::Refusal), [`LinkUsed`](domain::Refusal) or [`LinkExpired`](domain::Refusal), or [`Error::TooMany`].
pub async fn reset_shown(service: &Arc<Service>, origin: &Origin, token: &str) -> Result<Invitation, Error> {
    links::shown(service, origin, LinkKind::Reset, token).await
}

/// Takes the new password. All sessions end, a lock is opened, and a mail confirms.
///
/// # Errors
/// As [`reset_shown`], and messages at the fields.
pub async fn reset(service: &Arc<Service>, origin: &Origin, form: &Activation) -> Result<(), Error> {
    links::choose(service, origin, LinkKind::Reset, form).await
}
