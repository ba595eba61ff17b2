//! The links in mails: a token that works once, and the password that is chosen by it (A5, A7).

use std::sync::Arc;

use chrono::Duration;
use domain::{
    AccountId, ContactId, Refusal, Timestamp,
    audit::What,
    contacts::{Activation, Invitation, LinkKind, RESET_HOURS, State},
    mail::Purpose,
};
use store::{Tx, accounts::Account, contacts::Contact, links::Link};

use super::{
    activate::words_for,
    guessable::{guess_proof, known_about},
    hold::hold_and_forget_tries,
};
use crate::{Error, Origin, Service, audit, live::Change, mail, mail::Secret, moment::Zone, tokens, tokens::Token};

/// A link that was made and is not stored yet.
pub(super) struct Made {
    /// What is stored of it.
    pub hash: String,
    /// Its address, which is nowhere else.
    pub address: Secret,
    /// For how many hours it works.
    pub hours: u32,
}

impl Made {
    pub(super) fn new(service: &Service, kind: LinkKind) -> Self {
        let token = Token::new(&service.random);
        let page = match kind {
            LinkKind::Activation => "activate",
            LinkKind::Reset => "reset",
        };
        let address = format!("{}/{page}/{}", service.settings.base_url, token.reveal());
        Self { hash: token.hash(), address: Secret::link(address), hours: hours(service, kind) }
    }
}

/// For how many hours a link works.
fn hours(service: &Service, kind: LinkKind) -> u32 {
    match kind {
        LinkKind::Activation => service.settings.activation_hours,
        LinkKind::Reset => RESET_HOURS,
    }
}

/// Makes a link for somebody; a former one of its kind is void. Gives the address, which is nowhere else, and for how many
/// hours it works. In the deed's transaction.
pub(super) async fn make(
    service: &Service,
    tx: &mut Tx,
    kind: LinkKind,
    contact: &Contact,
) -> Result<(Secret, u32), Error> {
    let now = service.clock.now();
    let Made { hash, address, hours } = Made::new(service, kind);
    store::links::insert(tx, kind, &hash, contact.id, now, now + Duration::hours(i64::from(hours))).await?;
    Ok((address, hours))
}

/// Stores links of people who have none yet: their hashes, and whose they are. In the deed's transaction.
pub(super) async fn store_new(
    service: &Service,
    tx: &mut Tx,
    kind: LinkKind,
    links: &[(String, ContactId)],
) -> Result<(), Error> {
    let now = service.clock.now();
    let end = now + Duration::hours(i64::from(hours(service, kind)));
    Ok(store::links::insert_all(tx, kind, links, now, end).await?)
}

/// Voids all links of somebody who has a new password. The mails that carry them are no longer needed. In the deed's transaction.
pub(super) async fn void_all(tx: &mut Tx, contact: ContactId, now: Timestamp) -> Result<(), Error> {
    store::links::void_all(tx, contact, now).await?;
    for purpose in [Purpose::Activation, Purpose::Reset] {
        store::mail::people::replace(tx, contact, Some(purpose), now).await?;
    }
    Ok(())
}

/// What the page behind a link shows to its holder.
pub(super) async fn shown(
    service: &Arc<Service>,
    origin: &Origin,
    kind: LinkKind,
    token: &str,
) -> Result<Invitation, Error> {
    service.limits.follow_again(&origin.address)?;
    let mut tx = service.store.read().await?;
    let (link, contact, account) = good(service, &mut tx, kind, token).await?;
    Ok(Invitation {
        username: contact.username,
        organisation: words_for(&mut tx, &account).await?,
        expires: Zone::of(&account).moment(link.expires_at),
    })
}

/// Gives the holder of a link the password that was chosen, and unlocks. All sessions end, and no other link works.
pub(super) async fn choose(
    service: &Arc<Service>,
    origin: &Origin,
    kind: LinkKind,
    form: &Activation,
) -> Result<(), Error> {
    service.limits.follow_again(&origin.address)?;
    let token = form.token.reveal();
    let mut tx = service.store.read().await?;
    let (_, contact, account) = good(service, &mut tx, kind, token).await?;
    let known = known_about(&mut tx, &contact, &account).await?;
    drop(tx);
    let names = [contact.username.as_str(), contact.email.as_str()];
    let password = form.new.check(&names)?;
    guess_proof(service, &password, known).await?;
    let hash = service.hasher.hash(&password, &service.random).await?;
    let now = service.clock.now();
    let mut tx = service.store.write().await?;
    let (_, contact, account) = good(service, &mut tx, kind, token).await?;
    // The reseller hears of an activation, and is held before its customer, as everywhere.
    if let Some(reseller) = account.reseller.filter(|_| kind == LinkKind::Activation) {
        store::accounts::hold(&mut tx, reseller).await?;
    }
    let mut contact = hold_and_forget_tries(&mut tx, &contact).await?;
    if !store::links::use_up(&mut tx, kind, &tokens::hash(token), now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    void_all(&mut tx, contact.id, now).await?;
    contact.password_hash = Some(hash);
    contact.password_given_at = None;
    contact.wrong_passwords = 0;
    contact.locked_at = None;
    contact.activated_at = contact.activated_at.or(Some(now));
    store::contacts::save(&mut tx, &contact).await?;
    store::sessions::end_others(&mut tx, contact.id, None, now).await?;
    let what = match kind {
        LinkKind::Activation => What::Activated,
        LinkKind::Reset => What::PasswordReset,
    };
    let mut event = audit::event(service, origin, what, contact.id, ())?;
    event.account = Some(account.id);
    event.contact = Some(contact.id);
    event.who = contact.name();
    store::audit::append(&mut tx, &event).await?;
    confirm(service, &mut tx, kind, &contact).await?;
    let change = match account.reseller.filter(|_| kind == LinkKind::Activation) {
        Some(reseller) => Some(activated_words(&mut tx, reseller, &account).await?),
        None => None,
    };
    tx.commit().await?;
    service.post.notify_one();
    change.into_iter().for_each(|change| service.live.announce(change));
    Ok(())
}

/// The second mail.
async fn confirm(service: &Service, tx: &mut Tx, kind: LinkKind, contact: &Contact) -> Result<(), Error> {
    match kind {
        LinkKind::Activation => {
            let letter = mail::Activated {
                name: &contact.first_name,
                username: &contact.username,
                link: &format!("{}/login", service.settings.base_url),
            };
            mail::post_person(service, tx, contact, "Your sign-in is active", &letter).await
        }
        LinkKind::Reset => {
            let letter = mail::PasswordChanged { name: &contact.first_name };
            mail::post_person(service, tx, contact, "Your password has been changed", &letter).await
        }
    }
}

async fn activated_words(tx: &mut Tx, reseller: AccountId, account: &Account) -> Result<Change, Error> {
    Ok(Change {
        account: reseller,
        version: store::accounts::raise_version(tx, reseller).await?,
        words: format!("{} activated its sign-in", account.name),
    })
}

/// The link of a token that can still be used, with its contact and account.
async fn good(service: &Service, tx: &mut Tx, kind: LinkKind, token: &str) -> Result<(Link, Contact, Account), Error> {
    let link = store::links::find(tx, kind, &tokens::hash(token)).await?.ok_or(Refusal::LinkUnknown)?;
    let contact = store::contacts::by_id(tx, link.contact).await?.ok_or(Refusal::LinkUnknown)?;
    if link.used_at.is_some() {
        return Err(Refusal::LinkUsed.into());
    }
    if link.voided_at.is_some() || contact.state() == State::Inactive || contact.storefront_since.is_none() {
        return Err(Refusal::LinkUnknown.into());
    }
    if link.expires_at <= service.clock.now() {
        return Err(Refusal::LinkExpired.into());
    }
    let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Refusal::LinkUnknown)?;
    Ok((link, contact, account))
}
