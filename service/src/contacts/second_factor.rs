//! The second factor: an authenticator app (RFC 6238) with recovery codes.

use chrono::Duration;
use domain::{
    FieldErrors, FormKey, Refusal,
    audit::What,
    contacts::{Code, CodeForm, NewApp, PasskeyRow, RECOVERY_CODES, SecondFactor, grouped, recovery_code},
};
use store::{Tx, contacts::Contact, passkeys::Passkey};
use totp_rs::{Builder, Secret, Totp};

use super::passkeys;
use crate::{
    Cx, Error, Service, accounts, mail,
    moment::Zone,
    security_log::{self, Who},
    sessions::Tries,
    tokens,
    tokens::Token,
};

/// What stands for this house in an app.
const ISSUER: &str = "Keyhouse";

/// The actor's second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn second_factor(cx: &Cx) -> Result<SecondFactor, Error> {
    cx.may_keep_account()?;
    let mut tx = cx.service.store.read().await?;
    let (account, zone) = accounts::own(cx, &mut tx).await?;
    let app = store::second_factors::app(&mut tx, cx.actor.contact).await?;
    let passkeys = store::passkeys::of_contact(&mut tx, cx.actor.contact).await?;
    Ok(SecondFactor {
        app_since: app.and_then(|app| app.confirmed_at).map(|at| zone.moment(at)),
        recovery_left: store::second_factors::recovery_left(&mut tx, cx.actor.contact).await?,
        required: store::second_factors::required(&mut tx, account.id).await?.is_some(),
        passkeys: passkeys.into_iter().map(|passkey| row(passkey, zone)).collect(),
        passkeys_possible: passkeys::possible(&cx.service),
    })
}

fn row(passkey: Passkey, zone: Zone) -> PasskeyRow {
    PasskeyRow {
        id: passkey.id,
        name: passkey.name,
        created: zone.moment(passkey.created_at),
        used: passkey.used_at.map(|at| zone.moment(at)),
    }
}

/// Begins to set an app up: a new secret and new recovery codes, in place of those that were never confirmed. Begun twice
/// with the same form, it is begun once.
///
/// # Errors
/// [`Error::Unconfirmed`], or [`Refusal::SecondFactorThere`].
pub async fn begin_app(cx: &Cx, key: FormKey) -> Result<(), Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, "second_factor.begun", ()).await?.is_some() {
        return Ok(());
    }
    let secret = Secret::new_stack(cx.service.random.bytes()).to_base32();
    let codes: Vec<_> = (0..RECOVERY_CODES).map(|_| recovery_code(cx.service.random.bytes())).collect();
    let sealed = |text: &str| cx.service.settings.sealing.seal(&cx.service.random, cx.actor.contact, text);
    let (secret, codes) = (sealed(&secret)?, sealed(&codes.join(" "))?);
    if !store::second_factors::begin(&mut tx, cx.actor.contact, &secret, &codes, cx.now()).await? {
        return Err(Refusal::SecondFactorThere.into());
    }
    Ok(tx.commit().await?)
}

/// What the actor needs to set the app up that was begun. Its secret and its recovery codes are shown only to who has proved a short
/// while ago who they are.
///
/// # Errors
/// [`Error::Unconfirmed`], or [`Error::NotFound`] when none was begun, or it is confirmed.
pub async fn new_app(cx: &Cx) -> Result<NewApp, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let app = store::second_factors::app(&mut tx, contact.id).await?.ok_or(Error::NotFound)?;
    let opened = |sealed: &str| cx.service.settings.sealing.open(contact.id, sealed);
    let (secret, recovery) = (opened(&app.secret)?, opened(&app.recovery.ok_or(Error::NotFound)?)?);
    let address = totp(&secret, Some(&contact))?.to_url().map_err(|e| Error::Internal(e.to_string()))?;
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(|e| Error::Internal(e.to_string()))?;
    let dark: Vec<_> = code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    Ok(NewApp {
        secret,
        address,
        qr: dark.chunks(code.width()).map(<[bool]>::to_vec).collect(),
        recovery: recovery.split(' ').map(grouped).collect(),
    })
}

/// Switches the second factor on, once the app shows the right code. All other sessions end, and this one goes on with a new
/// token.
///
/// # Errors
/// A message at `code`, [`Error::Unconfirmed`], or [`Error::NotFound`] when nothing was begun.
pub async fn confirm_app(cx: &Cx, key: FormKey, form: &CodeForm) -> Result<Token, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let code = form.check()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SecondFactorOn.word(), ()).await?.is_some() {
        return renewed(cx, tx).await;
    }
    let contact = store::contacts::held(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let app = store::second_factors::app(&mut tx, contact.id).await?.ok_or(Error::NotFound)?;
    let recovery = app.recovery.ok_or(Error::NotFound)?;
    let Code::App(code) = code else {
        return Err(FieldErrors::at("code", "Enter the 6 digits that the app shows now.").into());
    };
    cx.service.limits.try_again(&cx.origin.address, &contact.id.to_string())?;
    if !fits(&cx.service, &mut tx, &contact, &app.secret, &code).await? {
        return Err(wrong());
    }
    let recovery = cx.service.settings.sealing.open(contact.id, &recovery)?;
    let hashes = recovery.split(' ').map(|code| cx.service.settings.sealing.hash(contact.id, code));
    let hashes: Vec<_> = hashes.collect::<Result<_, _>>()?;
    store::second_factors::confirm(&mut tx, contact.id, &hashes, cx.now()).await?;
    store::sessions::end_others(&mut tx, contact.id, Some(cx.actor.session), cx.now()).await?;
    tell(cx, &mut tx, &contact, What::SecondFactorOn, true).await?;
    renewed(cx, tx).await
}

/// Switches the second factor off, which takes the factor itself: a code of the app, or a recovery code. Who has lost both is
/// helped by others. The session goes on with a new token, and the fourth wrong code in a row ends it.
///
/// # Errors
/// A message at `code`, [`Error::Unconfirmed`], [`Refusal::SecondFactorRequired`], or [`Error::NotFound`] when there is none.
pub async fn remove_app(cx: &Cx, key: FormKey, form: &CodeForm) -> Result<Token, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SecondFactorOff.word(), ()).await?.is_some() {
        return renewed(cx, tx).await;
    }
    let contact = removable(cx, &mut tx).await?;
    drop(tx);
    let code = form.check()?;
    let tries = Tries::begin(cx).await?;
    let looked = remove_by(cx, key, &contact, &code).await;
    tries.judge(cx, &contact, looked).await
}

/// Switches it off by that code: the new token, or what was wrong.
async fn remove_by(cx: &Cx, key: FormKey, contact: &Contact, code: &Code) -> Result<Result<Token, Error>, Error> {
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::SecondFactorOff.word(), ()).await?.is_some() {
        // The same form was faster, and nobody looks at this code.
        store::sessions::take_try_back(&mut tx, cx.actor.session).await?;
        return renewed(cx, tx).await.map(Ok);
    }
    removable(cx, &mut tx).await?;
    if !use_code(cx, &mut tx, contact, code).await? {
        return Ok(Err(wrong()));
    }
    store::second_factors::remove(&mut tx, contact.id).await?;
    store::sessions::confirmed(&mut tx, cx.actor.session, cx.now()).await?;
    tell(cx, &mut tx, contact, What::SecondFactorOff, false).await?;
    renewed(cx, tx).await.map(Ok)
}

/// The actor, if there is a second factor that may be switched off.
async fn removable(cx: &Cx, tx: &mut Tx) -> Result<Contact, Error> {
    // Before the app, as whoever proves it does.
    let contact = store::contacts::held(tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    if contact.second_factor_since.is_none() {
        return Err(Error::NotFound);
    }
    match store::second_factors::required(tx, contact.account).await? {
        Some(_) => Err(Refusal::SecondFactorRequired.into()),
        None => Ok(contact),
    }
}

/// Commits a change of what proves who somebody is; the session goes on with a new token.
pub(super) async fn renewed(cx: &Cx, mut tx: Tx) -> Result<Token, Error> {
    let token = Token::new(&cx.service.random);
    store::sessions::rotate(&mut tx, cx.actor.session, &token.hash()).await?;
    tx.commit().await?;
    cx.service.post.notify_one();
    Ok(token)
}

/// Takes out authenticator apps that were begun a day ago and never confirmed, with their secrets.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep_apps(service: &Service) -> Result<u64, Error> {
    let mut tx = service.store.write().await?;
    let swept = store::second_factors::sweep(&mut tx, service.clock.now() - Duration::days(1)).await?;
    tx.commit().await?;
    Ok(swept)
}

/// Writes it down, and tells its holder by mail: it might not have been them.
async fn tell(cx: &Cx, tx: &mut Tx, contact: &Contact, what: What, on: bool) -> Result<(), Error> {
    cx.write_down(tx, what, contact.id, contact.account, ()).await?;
    let how = if on { "on" } else { "off" };
    security_log::event("second_factor.changed", &cx.origin.address, Who::Contact(contact.id), how);
    let letter = mail::SecondFactorChanged { name: &contact.first_name, on };
    mail::post_person(&cx.service, tx, contact, "Your second factor has been changed", &letter).await
}

/// Uses a code up; `false` when it is wrong, or was used before. A recovery code is written down.
pub(crate) async fn use_code(cx: &Cx, tx: &mut Tx, contact: &Contact, code: &Code) -> Result<bool, Error> {
    let hash = match code {
        Code::App(code) => {
            return match store::second_factors::app(tx, contact.id).await? {
                Some(app) if app.confirmed_at.is_some() => fits(&cx.service, tx, contact, &app.secret, code).await,
                _ => Ok(false),
            };
        }
        Code::Recovery(code) => cx.service.settings.sealing.hash(contact.id, code)?,
        Code::FormerRecovery(code) => former_hash(contact, code),
    };
    let used = store::second_factors::use_recovery(tx, contact.id, &hash, cx.now()).await?;
    if used {
        cx.write_down(tx, What::RecoveryUsed, contact.id, contact.account, ()).await?;
    }
    Ok(used)
}

/// Whether the app shows this code now, or did half a minute ago or will in half a minute; each step once.
async fn fits(service: &Service, tx: &mut Tx, contact: &Contact, sealed: &str, code: &str) -> Result<bool, Error> {
    let secret = service.settings.sealing.open(contact.id, sealed)?;
    let now = u64::try_from(service.clock.now().timestamp()).unwrap_or_default();
    match totp(&secret, None)?.check(code, now).map(i64::try_from) {
        Some(Ok(step)) => Ok(store::second_factors::use_step(tx, contact.id, step).await?),
        Some(Err(_)) | None => Ok(false),
    }
}

pub(crate) fn wrong() -> Error {
    FieldErrors::at("code", "This code is wrong, too old, or was used before.").into()
}

/// What was stored of the recovery codes that were given out first. The same code of two people is stored differently.
fn former_hash(contact: &Contact, code: &str) -> String {
    tokens::hash(&format!("{} {code}", contact.id))
}

/// The standard that all apps know: SHA-1, six digits, 30 seconds, one step to either side.
fn totp(secret: &str, named_for: Option<&Contact>) -> Result<Totp, Error> {
    let internal = |e: &dyn std::fmt::Display| Error::Internal(e.to_string());
    let secret = Secret::try_from_base32(secret).map_err(|e| internal(&e))?;
    let builder = Builder::new().with_secret(secret);
    let builder = match named_for {
        Some(contact) => builder.with_issuer(Some(ISSUER)).with_account_name(contact.username.replace(':', "-")),
        None => builder,
    };
    builder.build().map_err(|e| internal(&e))
}

/// The code that an app shows at a time, for tests.
///
/// # Panics
/// When the secret is none.
#[cfg(feature = "testing")]
pub fn code_at(secret: &str, now: domain::Timestamp) -> String {
    let now = u64::try_from(now.timestamp()).expect("after 1970");
    totp(secret, None).expect("a secret").generate(now).to_string()
}
