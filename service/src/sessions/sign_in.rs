//! Signing in by name and password. The words, the time, and what is stored are the same whatever is wrong (A6).

use std::sync::Arc;

use domain::{
    Refusal,
    contacts::{SignIn, State},
};
use store::{contacts::Contact, sign_in_tries};

use super::{
    SignedIn, open, stand,
    throttle::{self, Try},
};
use crate::{
    Error, Origin, Service,
    hashing::TOGETHER,
    security_log::{self, Who},
};

/// Somebody who may be meant, and the try that was claimed for them.
struct Candidate {
    contact: Option<Contact>,
    tried: Try,
}

/// Signs somebody in. Of several with one address the password decides.
///
/// # Errors
/// [`Refusal::SignInFailed`], a message at an empty field, [`Error::TooMany`], or [`Error::Busy`]; [`Refusal::Suspended`]
/// for those alone who know the password.
pub async fn sign_in(service: &Arc<Service>, origin: &Origin, form: &SignIn) -> Result<SignedIn, Error> {
    form.check()?;
    service.limits.sign_in_again(&origin.address)?;
    let (_turn, candidates) = claim(service, origin, &form.login).await?;
    let mut hashes: [Option<String>; TOGETHER] = Default::default();
    for (hash, candidate) in hashes.iter_mut().zip(&candidates) {
        *hash = candidate.contact.as_ref().and_then(|contact| contact.password_hash.clone());
    }
    match service.hasher.verify_any(&form.password, hashes).await {
        Ok(Some(right)) => come(service, origin, candidates, right, form).await,
        Ok(None) => Err(fail(service, origin, &candidates, form, "password").await?),
        Err(error) => {
            // Nobody has looked.
            let mut tx = service.store.write().await?;
            for candidate in &candidates {
                throttle::release(&mut tx, &candidate.tried).await?;
            }
            tx.commit().await?;
            Err(error)
        }
    }
}

/// All who may be meant by a name, each with a try; whoever waits is left out. A name that nobody has is one candidate, too.
async fn claim<'a>(
    service: &'a Service,
    origin: &Origin,
    login: &str,
) -> Result<(super::turns::Turn<'a>, Vec<Candidate>), Error> {
    let mut tx = service.store.read().await?;
    let known = store::contacts::all_by_login(&mut tx, login, TOGETHER as i64).await?;
    drop(tx);
    let key = service.sign_in_key().await?;
    let counter = |contact: Option<&Contact>| {
        let who = contact.map_or(Who::Name(login), |contact| Who::Contact(contact.id));
        throttle::counter(&key, origin, who, service.clock.now())
    };
    let mut asked: Vec<_> = known.into_iter().map(|contact| (counter(Some(&contact)), Some(contact))).collect();
    if asked.is_empty() {
        asked.push((counter(None), None));
    }
    let turn = service.turns.take(asked[0].0.slot).await;
    let now = service.clock.now();
    // Looked up before anything is written: who waits costs next to nothing.
    let mut tx = service.store.read().await?;
    let mut waits = Vec::new();
    for (counter, _) in &asked {
        waits.extend(sign_in_tries::waits(&mut tx, counter, now).await?);
    }
    drop(tx);
    if waits.len() == asked.len() {
        return Err(throttled(origin, login, waits, now));
    }
    let mut tx = service.store.write().await?;
    let mut candidates = Vec::new();
    for (counter, contact) in asked {
        match throttle::claim_counter(&mut tx, counter.clone(), now).await? {
            Some(tried) => candidates.push(Candidate { contact, tried }),
            None => waits.extend(sign_in_tries::waits(&mut tx, &counter, now).await?),
        }
    }
    if candidates.is_empty() {
        return Err(throttled(origin, login, waits, now));
    }
    tx.commit().await?;
    Ok((turn, candidates))
}

fn throttled(origin: &Origin, login: &str, waits: Vec<domain::Timestamp>, now: domain::Timestamp) -> Error {
    security_log::event("sign_in.throttled", &origin.address, Who::Name(login), "wait");
    throttle::too_many(waits.into_iter().min().unwrap_or(now), now)
}

/// The password is right. Whoever is not active, or has another password by now, is not told so.
async fn come(
    service: &Arc<Service>,
    origin: &Origin,
    mut candidates: Vec<Candidate>,
    right: usize,
    form: &SignIn,
) -> Result<SignedIn, Error> {
    let mut tx = service.store.write().await?;
    let Candidate { contact, tried } = candidates.remove(right);
    let read = contact.as_ref().ok_or(Refusal::SignInFailed)?;
    // Whoever corrects this person takes turns with the sign-in (A12).
    store::accounts::hold(&mut tx, read.account).await?;
    let fresh = store::contacts::by_id(&mut tx, read.id).await?;
    let fresh = fresh.filter(|fresh| fresh.password_hash == read.password_hash && fresh.state() == State::Active);
    let Some(fresh) = fresh else {
        drop(tx);
        candidates.push(Candidate { contact, tried });
        return Err(fail(service, origin, &candidates, form, "not active").await?);
    };
    for other in &candidates {
        throttle::release(&mut tx, &other.tried).await?;
    }
    let account = match stand(&mut tx, &fresh).await {
        Ok(account) => account,
        Err(error) => {
            security_log::event("sign_in.failed", &origin.address, Who::Contact(fresh.id), "account suspended");
            throttle::release(&mut tx, &tried).await?;
            tx.commit().await?;
            return Err(error);
        }
    };
    let half_way = fresh.second_factor_since.is_some();
    let (signed_in, change) = open(service, &mut tx, origin, fresh, account).await?;
    match half_way {
        // With a second factor it is not forgotten before that is proved.
        true => throttle::release(&mut tx, &tried).await?,
        false => throttle::forget(&mut tx, &tried).await?,
    }
    tx.commit().await?;
    if let Some(change) = change {
        service.live.announce(change);
    }
    Ok(signed_in)
}

/// Counts it for all who may have been meant, and refuses.
async fn fail(
    service: &Service,
    origin: &Origin,
    candidates: &[Candidate],
    form: &SignIn,
    why: &str,
) -> Result<Error, Error> {
    let mut tx = service.store.write().await?;
    for Candidate { contact, tried } in candidates {
        let who = contact.as_ref().map_or(Who::Name(&form.login), |contact| Who::Contact(contact.id));
        security_log::event("sign_in.failed", &origin.address, who, why);
        throttle::count_wrong(service, &mut tx, origin, tried).await?;
    }
    tx.commit().await?;
    service.post.notify_one();
    let wait = candidates.iter().map(|candidate| candidate.tried.wait()).min().unwrap_or_default();
    Ok(match u64::try_from(wait.num_seconds()) {
        Ok(0) | Err(_) => Refusal::SignInFailed.into(),
        Ok(seconds) => Error::TooMany { seconds },
    })
}
