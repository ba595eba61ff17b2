//! Wrong passwords and codes in a row, counted for each name and network (A6). Those of a re-authentication are counted with its
//! session: see `tries.rs`.
//!
//! Every try is claimed before anybody looks whether it is right, so many at once are no way around the count:
//!
//! ```ignore
//! let claimed = throttle::check(service, origin, &contact).await?;        // refused while the network waits
//! if right { throttle::forget(&mut tx, &claimed).await? }                 // in the transaction that lets in
//! else { throttle::count_wrong(service, &mut tx, origin, &claimed).await? }
//! ```
//!
//! A browser that signed in before has a counter of its own, so nobody on its network makes it wait: see `device.rs`.

use chrono::Duration;
use domain::{
    ContactId, Timestamp,
    audit::What,
    contacts::{LOCKS_AT, WAITS_AT, remembered, wait_after},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{
    Tx,
    contacts::Contact,
    sign_in_tries::{self, Counter, SLOTS},
};

use super::device;
use crate::{
    Error, Origin, Service, audit, mail,
    network::network,
    security_log::{self, Who},
};

/// How often somebody is told at most.
const WARNED_EVERY: Duration = Duration::hours(24);

/// A try that was claimed and is looked at.
#[derive(Debug)]
pub(crate) struct Try {
    counter: Counter,
    /// How many are wrong in a row if this one is.
    wrong: i64,
}

impl Try {
    /// How long the next one waits if this one is wrong.
    pub(super) fn wait(&self) -> Duration {
        wait_after(self.wrong)
    }
}

/// Who is meant by a try.
#[derive(Clone, Copy)]
pub(super) enum Meant<'a> {
    /// A contact, by whichever of its names.
    Contact(&'a Contact),
    /// A name that nobody has.
    Name(&'a str),
}

/// The counter of somebody who comes from there.
pub(super) fn counter(key: &[u8; 32], origin: &Origin, meant: Meant<'_>, now: Timestamp) -> Counter {
    let (contact, who) = match meant {
        Meant::Contact(contact) => (Some(contact), format!("contact {}", contact.id)),
        Meant::Name(name) => (None, format!("name {}", name.trim().to_lowercase())),
    };
    let place = match device::known(key, origin, contact, now) {
        Some(nonce) => format!("device {nonce}"),
        None => format!("network {}", network(&origin.address)),
    };
    let tag = signed(key, &["tries", &who, &place]);
    let slot = u64::from_str_radix(&tag[..16], 16).unwrap_or_default() % SLOTS;
    Counter { slot: i64::try_from(slot).unwrap_or_default(), tag, contact: contact.map(|contact| contact.id) }
}

/// A keyed hash of some words, in hexadecimal.
pub(super) fn signed(key: &[u8; 32], words: &[&str]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    for word in words {
        mac.update(word.as_bytes());
        mac.update(b"\0");
    }
    hex::encode(mac.finalize().into_bytes())
}

/// Claims a try of a contact in a transaction of its own.
///
/// # Errors
/// [`Error::TooMany`] while it has to wait.
pub(crate) async fn check(service: &Service, origin: &Origin, contact: &Contact) -> Result<Try, Error> {
    let key = service.sign_in_key().await?;
    let mut tx = service.store.write().await?;
    let claimed = claim(service, &mut tx, &key, origin, contact).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// The same in a transaction that goes on, with the key from [`Service::sign_in_key`]: where no hashing stands between the claim
/// and the answer.
///
/// # Errors
/// [`Error::TooMany`] while it has to wait.
pub(crate) async fn claim(
    service: &Service,
    tx: &mut Tx,
    key: &[u8; 32],
    origin: &Origin,
    contact: &Contact,
) -> Result<Try, Error> {
    let now = service.clock.now();
    let counter = counter(key, origin, Meant::Contact(contact), now);
    match claim_counter(tx, counter.clone(), now).await? {
        Some(claimed) => Ok(claimed),
        None => {
            security_log::event("sign_in.throttled", &origin.address, Who::Contact(contact.id), "wait");
            let until = sign_in_tries::waits(tx, &counter, now).await?.unwrap_or(now);
            Err(too_many(until, now))
        }
    }
}

/// Claims a try of any counter; `None` while it has to wait.
pub(super) async fn claim_counter(tx: &mut Tx, counter: Counter, now: Timestamp) -> Result<Option<Try>, Error> {
    let Some(wrong) = sign_in_tries::claim(tx, &counter, now).await? else { return Ok(None) };
    // Nobody tries once more while this one is looked at.
    sign_in_tries::wrong(tx, &counter, now + wait_after(wrong), now).await?;
    Ok(Some(Try { counter, wrong }))
}

/// The refusal until then.
pub(super) fn too_many(until: Timestamp, now: Timestamp) -> Error {
    let seconds = u64::try_from((until - now).num_seconds()).unwrap_or_default().max(1);
    Error::TooMany { seconds }
}

/// The try was wrong. From the fourth in a row on its place waits, and the person is told once a day; the hundredth in a row over
/// all places locks. As much is written of a name that nobody has.
pub(crate) async fn count_wrong(service: &Service, tx: &mut Tx, origin: &Origin, tried: &Try) -> Result<(), Error> {
    let now = service.clock.now();
    sign_in_tries::wrong(tx, &tried.counter, now + tried.wait(), now).await?;
    let id = tried.counter.contact.unwrap_or_else(|| uuid::Uuid::nil().into());
    let count = store::contacts::count_wrong_password(tx, id, LOCKS_AT, now).await?;
    sign_in_tries::pad(tx, &tried.counter, count.is_none()).await?;
    if count == Some(LOCKS_AT) {
        security_log::event("sign_in.locked", &origin.address, Who::Contact(id), "wrong in a row");
        return tell(service, tx, origin, id, What::Locked).await;
    }
    if tried.wrong >= WAITS_AT && store::contacts::warn(tx, id, now - WARNED_EVERY, now).await? {
        return tell(service, tx, origin, id, What::Throttled).await;
    }
    Ok(())
}

/// The try was not wrong, but nobody has come in yet, or nobody looked: it is not counted.
pub(crate) async fn release(tx: &mut Tx, tried: &Try) -> Result<(), Error> {
    Ok(sign_in_tries::release(tx, &tried.counter).await?)
}

/// Somebody has come in: the count of that place begins anew.
pub(crate) async fn forget(tx: &mut Tx, tried: &Try) -> Result<(), Error> {
    Ok(sign_in_tries::forget(tx, &tried.counter).await?)
}

/// Writes it down, and tells the person by mail.
async fn tell(service: &Service, tx: &mut Tx, origin: &Origin, id: ContactId, what: What) -> Result<(), Error> {
    let contact = store::contacts::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let mut event = audit::event(service, origin, what, id, ())?;
    event.account = Some(contact.account);
    store::audit::append(tx, &event).await?;
    let (name, username) = (contact.first_name.as_str(), contact.username.as_str());
    let link = format!("{}/forgot", service.settings.base_url);
    if what == What::Locked {
        let letter = mail::Locked { name, username, link: &link };
        return mail::post_person(service, tx, &contact, "Your sign-in is locked", &letter).await;
    }
    let network = network(&origin.address);
    let letter = mail::Throttled { name, username, network: &network, link: &link };
    mail::post_person(service, tx, &contact, "Somebody enters wrong passwords for your sign-in", &letter).await
}

/// Takes out the counters of which nothing follows any more; gives how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(service: &Service) -> Result<u64, Error> {
    let mut tx = service.store.write().await?;
    let swept = sign_in_tries::sweep(&mut tx, service.clock.now() - remembered()).await?;
    tx.commit().await?;
    Ok(swept)
}
