//! Activation by a single-use link (A5).

use std::sync::Arc;

use chrono::Duration;
use domain::{
    AccountId, Refusal,
    audit::What,
    contacts::{Activation, Invitation, State},
};
use store::{Tx, accounts::Account, contacts::Contact, links::Link};

use super::guess_proof;
use crate::{Error, Origin, Service, audit, live::Change, mail, moment::Zone, tokens, tokens::Token};

/// Sends a contact its activation link; a former one is void. In the deed's transaction.
pub(crate) async fn invite(service: &Service, tx: &mut Tx, contact: &Contact, organisation: &str) -> Result<(), Error> {
    let now = service.clock.now();
    let token = Token::new(&service.random);
    let hours = service.settings.activation_hours;
    let expires = now + Duration::hours(i64::from(hours));
    store::links::insert(tx, &token.hash(), contact.id, now, expires).await?;
    let letter = mail::Activation {
        name: &contact.first_name,
        organisation,
        username: &contact.username,
        link: &format!("{}/activate/{}", service.settings.base_url, token.reveal()),
        hours,
    };
    mail::post(service, tx, &contact.email, "Activate your sign-in", &letter).await
}

/// Who invites the people of an account: its reseller, or the operator.
async fn words_for(tx: &mut Tx, account: &Account) -> Result<String, Error> {
    let inviter = match account.reseller {
        Some(reseller) => store::accounts::by_id(tx, reseller).await?,
        None => store::accounts::operator(tx).await?,
    };
    Ok(inviter.map_or_else(|| account.name.clone(), |inviter| inviter.name))
}

/// What the page behind a link shows to its holder.
///
/// # Errors
/// [`Refusal::LinkUnknown`], [`Refusal::LinkUsed`] or [`Refusal::LinkExpired`].
pub async fn invitation(service: &Arc<Service>, token: &str) -> Result<Invitation, Error> {
    let mut tx = service.store.read().await?;
    let (link, contact, account) = good(service, &mut tx, token).await?;
    Ok(Invitation {
        username: contact.username,
        organisation: words_for(&mut tx, &account).await?,
        expires: Zone::of(&account).moment(link.expires_at),
    })
}

/// Activates a contact, or unlocks it, with the password it chooses.
///
/// # Errors
/// As [`invitation`], and messages at the fields.
pub async fn activate(service: &Arc<Service>, origin: &Origin, form: &Activation) -> Result<(), Error> {
    let token = form.token.reveal();
    let mut tx = service.store.read().await?;
    let (_, contact, _) = good(service, &mut tx, token).await?;
    drop(tx);
    let names = [contact.username.as_str(), contact.email.as_str()];
    let password = form.new.check(&names)?;
    guess_proof(&password, &names)?;
    let hash = service.hasher.hash(&password, &service.random).await?;
    let now = service.clock.now();
    let mut tx = service.store.write().await?;
    let (_, mut contact, account) = good(service, &mut tx, token).await?;
    if !store::links::use_up(&mut tx, &tokens::hash(token), now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    contact.password_hash = Some(hash);
    contact.password_given_at = None;
    contact.wrong_passwords = 0;
    contact.locked_at = None;
    contact.activated_at = contact.activated_at.or(Some(now));
    store::contacts::save(&mut tx, &contact).await?;
    store::sessions::end_others(&mut tx, contact.id, None, now).await?;
    let mut event = audit::event(service, origin, What::Activated, contact.id, ())?;
    event.account = Some(account.id);
    event.contact = Some(contact.id);
    event.who = contact.name();
    store::audit::append(&mut tx, &event).await?;
    let letter = mail::Activated {
        name: &contact.first_name,
        username: &contact.username,
        link: &format!("{}/login", service.settings.base_url),
    };
    mail::post(service, &mut tx, &contact.email, "Your sign-in is active", &letter).await?;
    let change = match account.reseller {
        Some(reseller) => Some(activated_words(&mut tx, reseller, &account).await?),
        None => None,
    };
    tx.commit().await?;
    service.post.notify_one();
    change.into_iter().for_each(|change| service.live.announce(change));
    Ok(())
}

async fn activated_words(tx: &mut Tx, reseller: AccountId, account: &Account) -> Result<Change, Error> {
    Ok(Change {
        account: reseller,
        version: store::accounts::raise_version(tx, reseller).await?,
        words: format!("{} activated its sign-in", account.name),
    })
}

/// Sends a new link to whom an old one belongs. The answer is always the same, so that it tells
/// nothing about who exists; an active contact is told by mail that it can sign in.
///
/// # Errors
/// [`Error::TooMany`], or when the database does not answer.
pub async fn ask_new_link(service: &Arc<Service>, origin: &Origin, token: &str) -> Result<(), Error> {
    service.limits.try_again(&origin.address, token)?;
    let mut tx = service.store.write().await?;
    let Some(link) = store::links::find(&mut tx, &tokens::hash(token)).await? else {
        return Ok(());
    };
    let contact = store::contacts::by_id(&mut tx, link.contact).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, contact.account).await?.ok_or(Error::NotFound)?;
    match contact.state() {
        State::PendingActivation | State::Locked => {
            let organisation = words_for(&mut tx, &account).await?;
            invite(service, &mut tx, &contact, &organisation).await?;
            let mut event = audit::event(service, origin, What::Invited, contact.id, ())?;
            event.account = Some(account.id);
            event.contact = Some(contact.id);
            event.who = contact.name();
            store::audit::append(&mut tx, &event).await?;
        }
        State::Active => {
            let letter = mail::Activated {
                name: &contact.first_name,
                username: &contact.username,
                link: &format!("{}/login", service.settings.base_url),
            };
            mail::post(service, &mut tx, &contact.email, "Your sign-in is active", &letter).await?;
        }
        State::Inactive => {}
    }
    tx.commit().await?;
    service.post.notify_one();
    Ok(())
}

/// The link of a token that can still be used, with its contact and account.
async fn good(service: &Service, tx: &mut Tx, token: &str) -> Result<(Link, Contact, Account), Error> {
    let link = store::links::find(tx, &tokens::hash(token)).await?.ok_or(Refusal::LinkUnknown)?;
    let contact = store::contacts::by_id(tx, link.contact).await?.ok_or(Refusal::LinkUnknown)?;
    if link.used_at.is_some() {
        return Err(Refusal::LinkUsed.into());
    }
    if link.voided_at.is_some() || contact.state() == State::Inactive {
        return Err(Refusal::LinkUnknown.into());
    }
    if link.expires_at <= service.clock.now() {
        return Err(Refusal::LinkExpired.into());
    }
    let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Refusal::LinkUnknown)?;
    Ok((link, contact, account))
}
