//! Signing in by name and password. The words, the time, and what is stored are the same whatever is wrong (A6).

use std::sync::Arc;

use domain::{
    Refusal,
    contacts::{SignIn, State},
};
use store::{
    Tx,
    accounts::Account,
    contacts::{Contact, Lookup},
    sign_in_tries,
};

use super::{
    SignedIn, open, stand,
    throttle::{self, Meant, Try},
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
    /// Whether the password is theirs.
    right: bool,
}

/// Signs somebody in. Of several with one address the password decides.
///
/// # Errors
/// [`Refusal::SignInFailed`], a message at an empty field, [`Error::TooMany`], or [`Error::Busy`]; [`Refusal::Suspended`]
/// for those alone who know the password.
pub async fn sign_in(service: &Arc<Service>, origin: &Origin, form: &SignIn) -> Result<SignedIn, Error> {
    form.check()?;
    service.limits.sign_in_again(&origin.address)?;
    // First of all: a flood from many networks reads and writes nothing, and keeps nobody from the database.
    let queued = service.hasher.queue_up()?;
    let (_turn, mut candidates) = claim(service, origin, &form.login).await?;
    let mut hashes: [Option<String>; TOGETHER] = Default::default();
    for (hash, candidate) in hashes.iter_mut().zip(&candidates) {
        *hash = candidate.contact.as_ref().and_then(|contact| contact.password_hash.clone());
    }
    let answer = match service.hasher.verify_any(queued, &form.password, hashes).await {
        Ok(right) => {
            candidates.iter_mut().zip(right).for_each(|(candidate, right)| candidate.right = right);
            match candidates.iter().any(|candidate| candidate.right) {
                true => come(service, origin, &candidates, form).await,
                false => fail(service, origin, &candidates, form, "password").await.and_then(Err),
            }
        }
        Err(error) => Err(error),
    };
    if matches!(answer, Err(Error::Busy { .. } | Error::Store(_) | Error::Internal(_)))
        && let Err(error) = give_back(service, &candidates).await
    {
        tracing::error!(%error, "tries that nobody has looked at go on being counted");
    }
    answer
}

/// Nobody has looked at these tries, or nobody is told what came of it: they are not counted.
async fn give_back(service: &Service, candidates: &[Candidate]) -> Result<(), Error> {
    let mut tx = service.store.write().await?;
    for candidate in candidates {
        throttle::release(&mut tx, &candidate.tried).await?;
    }
    Ok(tx.commit().await?)
}

/// All who may be meant by a name, each with a try; whoever waits is left out. A name that nobody has is one candidate, too.
async fn claim<'a>(
    service: &'a Service,
    origin: &Origin,
    login: &str,
) -> Result<(super::turns::Turn<'a>, Vec<Candidate>), Error> {
    let mut tx = service.store.read().await?;
    let known = store::contacts::all_by_login(&mut tx, login, TOGETHER as i64, Lookup::SignIn).await?;
    drop(tx);
    let key = service.sign_in_key().await?;
    let counter = |contact: Option<&Contact>| {
        let meant = contact.map_or(Meant::Name(login), Meant::Contact);
        throttle::counter(&key, origin, meant, service.clock.now())
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
            Some(tried) => candidates.push(Candidate { contact, tried, right: false }),
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

/// The password is right for somebody. Of all whose password it is, the first who may come in does. Who is not active, or has another
/// password by now, is not told so; it counts as a wrong one for them, and for nobody else.
async fn come(
    service: &Arc<Service>,
    origin: &Origin,
    candidates: &[Candidate],
    form: &SignIn,
) -> Result<SignedIn, Error> {
    let mut tx = service.store.write().await?;
    let mut suspended = None;
    for candidate in candidates.iter().filter(|candidate| candidate.right) {
        let Some(read) = &candidate.contact else { continue };
        match hold(&mut tx, read).await {
            Ok(Some((fresh, account))) => return enter(service, origin, tx, candidates, fresh, account).await,
            Ok(None) => {}
            Err(Error::Refused(refusal)) => {
                security_log::event("sign_in.failed", &origin.address, Who::Contact(read.id), "account suspended");
                suspended.get_or_insert(refusal);
            }
            Err(error) => return Err(error),
        }
    }
    let Some(refusal) = suspended else {
        drop(tx);
        return Err(fail(service, origin, candidates, form, "not active").await?);
    };
    for candidate in candidates {
        throttle::release(&mut tx, &candidate.tried).await?;
    }
    tx.commit().await?;
    Err(refusal.into())
}

/// Somebody as they are now, with the account, if they may come in. Both stay so: whoever corrects this person takes turns with the
/// sign-in (A12). Refuses when the account is suspended.
async fn hold(tx: &mut Tx, read: &Contact) -> Result<Option<(Contact, Account)>, Error> {
    if admitted(tx, read).await?.is_none() {
        return Ok(None);
    }
    // The reseller hears of the first time, and is held before its customer, as everywhere.
    if read.first_signed_in_at.is_none()
        && let Some(account) = store::accounts::by_id(tx, read.account).await?
        && let Some(reseller) = account.reseller
    {
        store::accounts::hold_state(tx, reseller).await?;
    }
    store::accounts::hold_state(tx, read.account).await?;
    admitted(tx, read).await
}

async fn admitted(tx: &mut Tx, read: &Contact) -> Result<Option<(Contact, Account)>, Error> {
    let fresh = store::contacts::by_id(tx, read.id).await?;
    let fresh = fresh.filter(|fresh| fresh.password_hash == read.password_hash && fresh.state() == State::Active);
    let Some(fresh) = fresh else { return Ok(None) };
    let account = stand(tx, &fresh).await?;
    Ok(Some((fresh, account)))
}

/// Opens the session of one of those who may have been meant.
async fn enter(
    service: &Arc<Service>,
    origin: &Origin,
    mut tx: Tx,
    candidates: &[Candidate],
    contact: Contact,
    account: Account,
) -> Result<SignedIn, Error> {
    // With a second factor it is not forgotten before that is proved.
    let half_way = contact.second_factor_since.is_some();
    for Candidate { contact: read, tried, .. } in candidates {
        if !half_way && read.as_ref().is_some_and(|read| read.id == contact.id) {
            throttle::forget(&mut tx, tried).await?;
        } else {
            throttle::release(&mut tx, tried).await?;
        }
    }
    let (signed_in, change) = open(service, &mut tx, origin, contact, account).await?;
    tx.commit().await?;
    if let Some(change) = change {
        service.live.announce(change);
    }
    Ok(signed_in)
}

/// Counts it for all who may have been meant, and refuses. When it is somebody's password who may not come in, it was meant for them:
/// it is counted for them alone.
async fn fail(
    service: &Service,
    origin: &Origin,
    candidates: &[Candidate],
    form: &SignIn,
    why: &str,
) -> Result<Error, Error> {
    let somebodys = candidates.iter().any(|candidate| candidate.right);
    let (meant, others): (Vec<_>, Vec<_>) = candidates.iter().partition(|candidate| candidate.right == somebodys);
    let mut tx = service.store.write().await?;
    for other in others {
        throttle::release(&mut tx, &other.tried).await?;
    }
    for Candidate { contact, tried, .. } in &meant {
        let who = contact.as_ref().map_or(Who::Name(&form.login), |contact| Who::Contact(contact.id));
        security_log::event("sign_in.failed", &origin.address, who, why);
        throttle::count_wrong(service, &mut tx, origin, tried).await?;
    }
    tx.commit().await?;
    service.post.notify_one();
    let wait = meant.iter().map(|candidate| candidate.tried.wait()).min().unwrap_or_default();
    Ok(match u64::try_from(wait.num_seconds()) {
        Ok(0) | Err(_) => Refusal::SignInFailed.into(),
        Ok(seconds) => Error::TooMany { seconds },
    })
}
