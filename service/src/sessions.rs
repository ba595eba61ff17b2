//! Signing in and out, and the list of signed-in browsers.

use std::{num::NonZeroU32, sync::Arc};

use chrono::Duration;
use domain::{
    Actor, ContactId, Deed, FormKey, Refusal, SessionId, Timestamp,
    audit::What,
    contacts::{LOCKS_AT, SESSION_HOURS, SessionRow, SignIn, State},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use store::{Tx, contacts::Contact, sessions::Session};

use crate::{Cx, Error, Origin, Service, accounts, audit, live::Change, mail, tokens, tokens::Token};

/// A fresh session.
#[derive(Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: Token,
    /// Who it is.
    pub actor: Actor,
}

/// How often somebody may try to come in: per network address, and per name.
pub struct Limits {
    by_address: DefaultKeyedRateLimiter<String>,
    by_name: DefaultKeyedRateLimiter<String>,
}

impl Limits {
    /// So many tries a minute from one address; ten for one name.
    pub fn new(per_minute: u32) -> Self {
        let quota = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            by_address: RateLimiter::keyed(quota(per_minute)),
            by_name: RateLimiter::keyed(quota(per_minute.min(10))),
        }
    }

    /// One more try.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn try_again(&self, address: &str, name: &str) -> Result<(), Error> {
        let name = tokens::hash(&name.trim().to_lowercase());
        let tries = [self.by_address.check_key(&address.to_owned()), self.by_name.check_key(&name)];
        self.by_address.retain_recent();
        self.by_name.retain_recent();
        if tries.iter().all(Result::is_ok) { Ok(()) } else { Err(Error::TooMany { seconds: 60 }) }
    }
}

/// Signs somebody in. The words and the time are the same whatever is wrong (A6).
///
/// # Errors
/// [`Refusal::SignInFailed`], a message at an empty field, or [`Error::TooMany`]; [`Refusal::Suspended`] for those alone
/// who know the password.
pub async fn sign_in(service: &Arc<Service>, origin: &Origin, form: &SignIn) -> Result<SignedIn, Error> {
    form.check()?;
    service.limits.try_again(&origin.address, &form.login)?;
    let mut tx = service.store.read().await?;
    let known = store::contacts::by_login(&mut tx, &form.login).await?;
    drop(tx);
    let hash = known.as_ref().and_then(|contact| contact.password_hash.clone());
    let right = service.hasher.verify(&form.password, hash.clone()).await?;
    let mut tx = service.store.write().await?;
    let contact = match &known {
        Some(contact) => store::contacts::by_id(&mut tx, contact.id).await?,
        None => None,
    };
    // A password that was changed while this one was being verified is not this one.
    let contact = contact.filter(|contact| contact.password_hash == hash);
    let signed_in = match contact {
        Some(contact) if right && contact.state() == State::Active => {
            stand(&mut tx, &contact).await?;
            let signed_in = open(service, &mut tx, origin, contact).await?;
            tx.commit().await?;
            signed_in
        }
        Some(contact) if !right && contact.state() == State::Active => {
            count_wrong(service, &mut tx, origin, &contact).await?;
            tx.commit().await?;
            return Err(Refusal::SignInFailed.into());
        }
        _ => return Err(Refusal::SignInFailed.into()),
    };
    let (signed_in, change) = signed_in;
    if let Some(change) = change {
        service.live.announce(change);
    }
    Ok(signed_in)
}

/// Refuses the people of an account that is suspended, and says whom to ask.
async fn stand(tx: &mut Tx, contact: &Contact) -> Result<(), Error> {
    let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Error::NotFound)?;
    if account.suspended_at.is_none() {
        return Ok(());
    }
    let operator = store::accounts::operator(tx).await?.map(|operator| operator.name);
    // Until it is given a name, the operator's account is called just that.
    let operator = operator.filter(|name| name != "Operator").unwrap_or_else(|| "the operator".to_owned());
    Err(Refusal::Suspended { operator }.into())
}

/// Opens a session for somebody whose password was right.
async fn open(
    service: &Arc<Service>,
    tx: &mut Tx,
    origin: &Origin,
    mut contact: Contact,
) -> Result<(SignedIn, Option<Change>), Error> {
    let now = service.clock.now();
    let first_time = contact.first_signed_in_at.is_none();
    contact.wrong_passwords = 0;
    contact.first_signed_in_at = contact.first_signed_in_at.or(Some(now));
    store::contacts::save(tx, &contact).await?;
    let token = Token::new(&service.random);
    let session = Session {
        id: service.random.id(now),
        contact: contact.id,
        address: origin.address.clone(),
        browser: origin.browser.chars().take(300).collect(),
        created_at: now,
        used_at: now,
        expires_at: expiry(now),
    };
    store::sessions::insert(tx, &session, &token.hash()).await?;
    let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Error::NotFound)?;
    let actor = Actor {
        contact: contact.id,
        account: account.id,
        side: account.kind,
        roles: contact.roles.clone(),
        session: session.id,
        name: contact.name(),
        organisation: account.name.clone(),
        password_due: contact.password_given_at.is_some(),
    };
    let cx = Cx::new(service.clone(), actor.clone(), origin.clone());
    cx.write_down(tx, What::SignedIn, session.id, account.id, ()).await?;
    let change = match account.reseller.filter(|_| first_time) {
        Some(reseller) => Some(Change {
            account: reseller,
            version: store::accounts::raise_version(tx, reseller).await?,
            words: format!("{} signed in for the first time", account.name),
        }),
        None => None,
    };
    Ok((SignedIn { token, actor }, change))
}

/// Counts a wrong password; the fourth in a row locks, and its holder is told (A6).
async fn count_wrong(service: &Arc<Service>, tx: &mut Tx, origin: &Origin, contact: &Contact) -> Result<(), Error> {
    let now = service.clock.now();
    let wrong = store::contacts::count_wrong_password(tx, contact.id, LOCKS_AT, now).await?;
    if wrong == LOCKS_AT {
        let mut event = audit::event(service, origin, What::Locked, contact.id, ())?;
        event.account = Some(contact.account);
        store::audit::append(tx, &event).await?;
        let letter = mail::Locked { name: &contact.first_name, username: &contact.username };
        mail::post(service, tx, &contact.email, "Your sign-in is locked", &letter).await?;
    }
    Ok(())
}

/// Who comes with a session's token, if anybody. A session that is used lives on.
///
/// # Errors
/// When the database does not answer.
pub async fn resolve(service: &Arc<Service>, token: &str, origin: &Origin) -> Result<Option<Actor>, Error> {
    let now = service.clock.now();
    let mut tx = service.store.read().await?;
    let Some(visitor) = store::sessions::visitor(&mut tx, &tokens::hash(token), now).await? else {
        return Ok(None);
    };
    drop(tx);
    if visitor.used_at + Duration::minutes(1) <= now {
        let mut tx = service.store.write().await?;
        store::sessions::used(&mut tx, visitor.session, &origin.address, now, expiry(now)).await?;
        tx.commit().await?;
    }
    Ok(Some(Actor {
        contact: visitor.contact,
        account: visitor.account,
        side: visitor.kind,
        roles: visitor.roles,
        session: visitor.session,
        name: visitor.name,
        organisation: visitor.organisation,
        password_due: visitor.password_given_at.is_some(),
    }))
}

/// Ends the session that asks.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(cx: &Cx) -> Result<(), Error> {
    let mut tx = cx.service.store.write().await?;
    end_one(cx, &mut tx, cx.actor.contact, cx.actor.session).await?;
    Ok(tx.commit().await?)
}

/// The actor's open sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn list(cx: &Cx) -> Result<Vec<SessionRow>, Error> {
    let mut tx = cx.service.store.read().await?;
    let (_, zone) = accounts::own(cx, &mut tx).await?;
    let sessions = store::sessions::of_contact(&mut tx, cx.actor.contact, cx.now()).await?;
    Ok(sessions
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            browser: browser_words(&session.browser),
            address: session.address,
            created: zone.moment(session.created_at),
            used: zone.moment(session.used_at),
            current: session.id == cx.actor.session,
        })
        .collect())
}

/// Ends one of the actor's sessions.
///
/// # Errors
/// [`Error::NotFound`] when it is none of theirs, or ended already.
pub async fn end(cx: &Cx, key: FormKey, id: SessionId) -> Result<(), Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SessionEnded.word(), id).await?.is_some() {
        return Ok(());
    }
    if !end_one(cx, &mut tx, cx.actor.contact, id).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

async fn end_one(cx: &Cx, tx: &mut Tx, contact: ContactId, id: SessionId) -> Result<bool, Error> {
    let ended = store::sessions::end(tx, contact, id, cx.now()).await?;
    if ended {
        cx.write_down(tx, What::SessionEnded, id, cx.actor.account, ()).await?;
    }
    Ok(ended)
}

impl Cx {
    /// Whether the actor may keep their own account, which everybody may.
    pub(crate) fn may_keep_account(&self) -> Result<(), Error> {
        self.may(Deed::KeepOwnAccount)
    }
}

fn expiry(now: Timestamp) -> Timestamp {
    now + Duration::hours(SESSION_HOURS)
}

/// What a browser says it is, in the few words that tell one's own browsers apart.
fn browser_words(agent: &str) -> String {
    let first = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_name_and_its_system() {
        let phone =
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(browser_words(phone), "Chrome on Android");
        assert_eq!(browser_words("curl/8"), "Unknown browser");
    }

    #[test]
    fn a6_the_eleventh_try_for_one_name_within_a_minute_has_to_wait() {
        let limits = Limits::new(30);
        for _ in 0..10 {
            assert!(limits.try_again("192.0.2.1", "anna").is_ok());
        }
        assert!(matches!(limits.try_again("192.0.2.2", " ANNA "), Err(Error::TooMany { .. })));
        assert!(limits.try_again("192.0.2.2", "berta").is_ok());
    }
}
