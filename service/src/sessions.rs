//! Signing in and out, and the list of signed-in browsers.

mod confirm;
mod device;
mod life;
mod limits;
mod list;
mod sign_in;
pub(crate) mod throttle;
mod tries;
mod turns;
mod uses;

pub use confirm::confirm;
pub use device::{DEVICE_DAYS, device};
pub use limits::Limits;
pub use list::{end, end_others, goes_on, list, sign_out};
pub use sign_in::sign_in;
pub use throttle::sweep as sweep_tries;
pub(crate) use tries::Tries;
pub(crate) use turns::Turns;
pub use uses::Uses;

use std::sync::Arc;

use chrono::Duration;
use domain::{
    Actor, ContactId, Deed, Refusal, Timestamp,
    actor::Due,
    audit::What,
    contacts::{CodeForm, State},
};
use store::{
    Tx,
    accounts::Account,
    contacts::Contact,
    sessions::{Session, Visitor},
};

use self::throttle::Try;
use crate::{
    Cx, Error, Origin, Service, contacts,
    live::Change,
    security_log::{self, Who},
    tokens,
    tokens::Token,
};

/// A fresh session.
#[derive(Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: Token,
    /// Who it is.
    pub actor: Actor,
}

/// The account of a contact. Refuses the people of one that is suspended, and says whom to ask. Whom debt has suspended come in to pay (V12).
async fn stand(tx: &mut Tx, contact: &Contact) -> Result<Account, Error> {
    let account = store::accounts::by_id(tx, contact.account).await?.ok_or(Error::NotFound)?;
    if account.suspended_at.is_none() || account.debt_suspended_at.is_some() {
        return Ok(account);
    }
    let operator = store::accounts::operator(tx).await?.map(|operator| operator.name);
    // Until it is given a name, the operator's account is called just that.
    let operator = operator.filter(|name| name != "Operator").unwrap_or_else(|| "the operator".to_owned());
    Err(Refusal::Suspended { operator }.into())
}

/// Opens a session for somebody whose password was right. With a second factor they have not come in yet.
async fn open(
    service: &Arc<Service>,
    tx: &mut Tx,
    origin: &Origin,
    contact: Contact,
    account: Account,
) -> Result<(SignedIn, Option<Change>), Error> {
    let now = service.clock.now();
    let token = Token::new(&service.random);
    let session = Session {
        id: service.random.id(now),
        contact: contact.id,
        address: origin.address.clone(),
        browser: origin.browser.chars().take(300).collect(),
        created_at: now,
        used_at: now,
        expires_at: life::unused(now),
        second_factor_due_at: contact.second_factor_since.map(|_| now),
        confirmed_at: now,
    };
    store::sessions::insert(tx, &session, &token.hash()).await?;
    let required = store::second_factors::required(tx, account.id).await?;
    let actor = Actor {
        contact: contact.id,
        account: account.id,
        side: account.kind,
        roles: contact.roles.clone(),
        session: session.id,
        name: contact.name(),
        organisation: account.name.clone(),
        due: Due::of(session.second_factor_due_at, contact.password_given_at, required, contact.second_factor_since)
            .or(account.debt_suspended_at.map(|_| Due::Debt)),
        confirmed_at: now,
    };
    let cx = Cx::new(service.clone(), actor.clone(), origin.clone());
    let change = match actor.due {
        Some(Due::Proof) => None,
        _ => come_in(&cx, tx, &contact, &account).await?,
    };
    Ok((SignedIn { token, actor }, change))
}

/// Somebody has come in: wrong passwords are forgotten, and the reseller of who comes for the first time hears of it.
/// Whoever has another password by now, or was locked, does not come in.
async fn come_in(cx: &Cx, tx: &mut Tx, contact: &Contact, account: &Account) -> Result<Option<Change>, Error> {
    let first_time = contact.first_signed_in_at.is_none();
    if !store::contacts::come_in(tx, contact, cx.now()).await? {
        return Err(Refusal::SignInFailed.into());
    }
    cx.write_down(tx, What::SignedIn, cx.actor.session, account.id, ()).await?;
    Ok(match account.reseller.filter(|_| first_time) {
        Some(reseller) => Some(Change {
            account: reseller,
            version: store::accounts::raise_version(tx, reseller).await?,
            words: format!("{} signed in for the first time", account.name),
        }),
        None => None,
    })
}

/// Proves the second factor after the right password, by a code. The session goes on with a new token.
///
/// # Errors
/// A message at `code`, [`Error::TooMany`], [`Refusal::SignInFailed`] when the sign-in has been locked meanwhile,
/// [`Error::SignedOut`] when the session has ended meanwhile, or [`Error::NotFound`] when nothing is to be proved.
pub async fn prove(cx: &Cx, form: &CodeForm) -> Result<Token, Error> {
    cx.owes_proof()?;
    let code = form.check()?;
    let (mut tx, contact, tried) = prover(cx).await?;
    if !contacts::use_code(cx, &mut tx, &contact, &code).await? {
        return Err(not_proved(cx, tx, &tried, contacts::wrong_code()).await?);
    }
    proved(cx, tx, contact, &tried).await
}

/// What the browser is asked to prove a passkey after the right password, as JSON.
///
/// # Errors
/// [`Error::NotFound`] when nothing is to be proved, or there is no passkey.
pub async fn challenge(cx: &Cx) -> Result<String, Error> {
    cx.owes_proof()?;
    contacts::challenge(cx).await
}

/// The same as [`prove`], by a passkey: `answer` is the browser's, as JSON.
///
/// # Errors
/// As [`prove`], and [`Refusal::PasskeyFailed`].
pub async fn prove_by_passkey(cx: &Cx, answer: &str) -> Result<Token, Error> {
    cx.owes_proof()?;
    let (mut tx, contact, tried) = prover(cx).await?;
    if !contacts::proves(cx, &mut tx, &contact, answer).await? {
        return Err(not_proved(cx, tx, &tried, Refusal::PasskeyFailed.into()).await?);
    }
    proved(cx, tx, contact, &tried).await
}

impl Cx {
    fn owes_proof(&self) -> Result<(), Error> {
        if self.actor.due == Some(Due::Proof) { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// Who proves, in a transaction, with the try that was claimed; not while the sign-in is locked.
async fn prover(cx: &Cx) -> Result<(Tx, Contact, Try), Error> {
    cx.service.limits.try_again(&cx.origin.address, &cx.actor.contact.to_string())?;
    let key = cx.service.sign_in_key().await?;
    let mut tx = cx.service.store.write().await?;
    let contact = active(store::contacts::by_id(&mut tx, cx.actor.contact).await?)?;
    let tried = throttle::claim(&cx.service, &mut tx, &key, &cx.origin, &contact).await?;
    // After the tries, as everywhere.
    let contact = active(store::contacts::held(&mut tx, contact.id).await?)?;
    Ok((tx, contact, tried))
}

fn active(contact: Option<Contact>) -> Result<Contact, Error> {
    let contact = contact.ok_or(Error::NotFound)?;
    if contact.state() == State::Active { Ok(contact) } else { Err(Refusal::SignInFailed.into()) }
}

/// A wrong proof counts like a wrong password (A6).
async fn not_proved(cx: &Cx, mut tx: Tx, tried: &Try, why: Error) -> Result<Error, Error> {
    security_log::event("second_factor.failed", &cx.origin.address, Who::Contact(cx.actor.contact), "wrong");
    throttle::count_wrong(&cx.service, &mut tx, &cx.origin, tried).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(why)
}

async fn proved(cx: &Cx, mut tx: Tx, contact: Contact, tried: &Try) -> Result<Token, Error> {
    throttle::forget(&mut tx, tried).await?;
    let account = store::accounts::by_id(&mut tx, contact.account).await?.ok_or(Error::NotFound)?;
    let change = come_in(cx, &mut tx, &contact, &account).await?;
    // A new password, or whoever helps, may have ended it while the code was typed.
    if !store::sessions::held_open(&mut tx, cx.actor.session).await? {
        return Err(Error::SignedOut);
    }
    let token = Token::new(&cx.service.random);
    store::second_factors::proved(&mut tx, cx.actor.session).await?;
    store::sessions::rotate(&mut tx, cx.actor.session, &token.hash()).await?;
    tx.commit().await?;
    if let Some(change) = change {
        cx.service.live.announce(change);
    }
    Ok(token)
}

/// Who comes with a session's token, if anybody. A session that is used lives on, but not for ever; that is noted afterwards.
///
/// # Errors
/// When the database does not answer.
pub async fn resolve(service: &Arc<Service>, token: &str, origin: &Origin) -> Result<Option<Actor>, Error> {
    let now = service.clock.now();
    let Some(visitor) = visitor(service, token, now).await? else { return Ok(None) };
    if visitor.used_at + Duration::minutes(1) <= now || life::is_to_come(visitor.used_at, now) {
        let of = uses::Use { address: origin.address.clone(), at: now, expires_at: life::prolonged(&visitor, now) };
        uses::note(service, visitor.session, of);
    }
    Ok(Some(actor(visitor)))
}

/// Who comes with that token, for a page that only stands open: the session does not live on by it.
///
/// # Errors
/// When the database does not answer.
pub async fn look_up(service: &Arc<Service>, token: &str) -> Result<Option<Actor>, Error> {
    Ok(visitor(service, token, service.clock.now()).await?.map(actor))
}

/// Whose session had that token, also when it is over: what somebody typed for longer than the session lasted is theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn holder(service: &Arc<Service>, token: &str) -> Result<Option<ContactId>, Error> {
    let since = service.clock.now() - Duration::days(crate::drafts::DAYS);
    let mut tx = service.store.read_once().await?;
    Ok(store::sessions::holder(&mut tx, &tokens::hash(token), since).await?)
}

async fn visitor(service: &Arc<Service>, token: &str, now: Timestamp) -> Result<Option<Visitor>, Error> {
    // Before each answer, so it costs as little as can be.
    let mut tx = service.store.read_once().await?;
    let visitor = store::sessions::visitor(&mut tx, &tokens::hash(token), now).await?;
    Ok(visitor.filter(|visitor| life::lasts(visitor, now)))
}

fn actor(visitor: Visitor) -> Actor {
    Actor {
        contact: visitor.contact,
        account: visitor.account,
        side: visitor.kind,
        roles: visitor.roles,
        session: visitor.session,
        name: visitor.name,
        organisation: visitor.organisation,
        due: visitor.due,
        confirmed_at: visitor.confirmed_at,
    }
}

impl Cx {
    /// Whether the actor may keep their own account, which everybody may.
    pub(crate) fn may_keep_account(&self) -> Result<(), Error> {
        self.may(Deed::KeepOwnAccount)
    }
}
