//! Activation by a single-use link (A5).

use std::sync::Arc;

use domain::{
    AccountId, ContactId,
    audit::What,
    contacts::{Activation, Invitation, LinkKind, State},
    mail::{Lane, Purpose},
};
use store::{Tx, accounts::Account, contacts::Contact, mail::people::First};

use super::links;
use crate::{Error, Origin, Service, audit, mail, tokens};

const SUBJECT: &str = "Activate your sign-in";

/// Sends a contact its activation link; a former one is void. In the deed's transaction.
pub(crate) async fn invite(service: &Service, tx: &mut Tx, contact: &Contact, organisation: &str) -> Result<(), Error> {
    let (link, hours) = links::make(service, tx, LinkKind::Activation, contact).await?;
    let letter =
        mail::Activation { name: &contact.first_name, organisation, username: &contact.username, link: &link, hours };
    mail::post_to(service, tx, (contact, Purpose::Activation, Lane::First), SUBJECT, &letter).await
}

/// Invitations of people who are about to be added, customers of one reseller. Nothing is stored.
#[derive(Default)]
pub(crate) struct Invitations {
    /// The hashes of their links, and whose they are.
    links: Vec<(String, ContactId)>,
    mails: Vec<First>,
}

impl Invitations {
    /// Makes one more; `organisation` invites.
    pub(crate) fn add(&mut self, service: &Service, contact: &Contact, organisation: &str) -> Result<(), Error> {
        let made = links::Made::new(service, LinkKind::Activation);
        let letter = mail::Activation {
            name: &contact.first_name,
            organisation,
            username: &contact.username,
            link: &made.address,
            hours: made.hours,
        };
        self.mails.push(mail::first(service, contact, &letter)?);
        self.links.push((made.hash, contact.id));
        Ok(())
    }

    /// Sends them, now that the people were added: after the mails that somebody waits for. In the deed's transaction.
    pub(crate) async fn send(&self, service: &Service, tx: &mut Tx, reseller: AccountId) -> Result<(), Error> {
        links::store_new(service, tx, LinkKind::Activation, &self.links).await?;
        let addressed = (reseller, Purpose::Activation, Lane::Bulk);
        Ok(store::mail::people::insert_first(tx, &self.mails, SUBJECT, addressed, service.clock.now()).await?)
    }
}

/// Who invites the people of an account: its reseller, or the operator.
pub(super) async fn words_for(tx: &mut Tx, account: &Account) -> Result<String, Error> {
    let inviter = match account.reseller {
        Some(reseller) => store::accounts::by_id(tx, reseller).await?,
        None => store::accounts::operator(tx).await?,
    };
    Ok(inviter.map_or_else(|| account.name.clone(), |inviter| inviter.name))
}

/// What the page behind a link shows to its holder.
///
/// # Errors
/// [`Refusal::LinkUnknown`](domain::Refusal), [`LinkUsed`](domain::Refusal) or [`LinkExpired`](domain::Refusal), or [`Error::TooMany`].
pub async fn invitation(service: &Arc<Service>, origin: &Origin, token: &str) -> Result<Invitation, Error> {
    links::shown(service, origin, LinkKind::Activation, token).await
}

/// Activates a contact, or unlocks it, with the password it chooses.
///
/// # Errors
/// As [`invitation`], and messages at the fields.
pub async fn activate(service: &Arc<Service>, origin: &Origin, form: &Activation) -> Result<(), Error> {
    links::choose(service, origin, LinkKind::Activation, form).await
}

/// Sends a new link to whom an old one belongs. The answer is always the same, so that it tells
/// nothing about who exists; an active contact is told by mail that it can sign in.
///
/// # Errors
/// [`Error::TooMany`], or when the database does not answer.
pub async fn ask_new_link(service: &Arc<Service>, origin: &Origin, token: &str) -> Result<(), Error> {
    service.limits.try_again(&origin.address, token)?;
    let mut tx = service.store.write().await?;
    let link = store::links::find(&mut tx, LinkKind::Activation, &tokens::hash(token)).await?;
    // Whoever has an old link does not fill its holder's mailbox by it. What is no link is counted alike.
    let whose = link.as_ref().map_or_else(|| token.to_owned(), |link| link.contact.to_string());
    service.limits.link_again(&origin.address, &whose)?;
    let Some(link) = link else { return Ok(()) };
    let contact = store::contacts::by_id(&mut tx, link.contact).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::by_id(&mut tx, contact.account).await?.ok_or(Error::NotFound)?;
    if contact.storefront_since.is_none() {
        return Ok(());
    }
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
            mail::post_person(service, &mut tx, &contact, "Your sign-in is active", &letter).await?;
        }
        State::Inactive => {}
    }
    tx.commit().await?;
    service.post.notify_one();
    Ok(())
}
