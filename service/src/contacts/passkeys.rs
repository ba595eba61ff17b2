//! Passkeys (WebAuthn) as a second factor, for who has an authenticator app and its recovery codes: a lost passkey locks
//! nobody out.

use chrono::Duration;
use domain::{FieldErrors, FormKey, Refusal, audit::What, contacts::passkey_name};
use serde::{Serialize, de::DeserializeOwned};
use store::{Tx, contacts::Contact, passkeys::Passkey};
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        Passkey as Credential, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
        RegisterPublicKeyCredential,
    },
};

use super::second_factor::renewed;
use crate::{
    Cx, Error, Service, mail,
    security_log::{self, Who},
    tokens::Token,
};

/// For how long a browser may take to answer.
const PATIENCE: Duration = Duration::minutes(5);

/// Whether passkeys can be used here: a browser makes them for a name, not for a bare address.
pub(crate) fn possible(service: &Service) -> bool {
    webauthn(service).is_ok()
}

fn webauthn(service: &Service) -> Result<Webauthn, Error> {
    let origin: Url = service.settings.base_url.parse().map_err(|_| Error::NotFound)?;
    let Some(Host::Domain(name)) = origin.host() else { return Err(Error::NotFound) };
    let builder = WebauthnBuilder::new(name, &origin).map_err(|_| Error::NotFound)?;
    builder.rp_name("Keyhouse").build().map_err(|_| Error::NotFound)
}

/// Begins to make a passkey: what the browser is asked, as JSON.
///
/// # Errors
/// [`Error::Unconfirmed`], or [`Error::NotFound`] where there is no authenticator app yet or passkeys are not possible.
pub async fn begin_passkey(cx: &Cx) -> Result<String, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let webauthn = webauthn(&cx.service)?;
    let mut tx = cx.service.store.write().await?;
    let contact = with_app(cx, &mut tx).await?;
    let known: Vec<_> = credentials(&mut tx, &contact).await?.iter().map(|known| known.cred_id().clone()).collect();
    let id: Uuid = contact.id.to_string().parse().map_err(internal)?;
    let (options, state) =
        webauthn.start_passkey_registration(id, &contact.username, &contact.name(), Some(known)).map_err(internal)?;
    store::passkeys::ask(&mut tx, cx.actor.session, &json(&state)?, cx.now() + PATIENCE).await?;
    tx.commit().await?;
    json(&options)
}

/// Keeps the passkey that the browser has made. The session goes on with a new token.
///
/// # Errors
/// A message at `name`, [`Error::Unconfirmed`], or [`Refusal::PasskeyFailed`].
pub async fn finish_passkey(cx: &Cx, key: FormKey, name: &str, answer: &str) -> Result<Token, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let name = passkey_name(name).map_err(|message| FieldErrors::at("name", message))?;
    let webauthn = webauthn(&cx.service)?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::PasskeyAdded.word(), &name).await?.is_some() {
        return renewed(cx, tx).await;
    }
    let contact = with_app(cx, &mut tx).await?;
    let state: PasskeyRegistration = asked(cx, &mut tx).await?;
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let credential = webauthn.finish_passkey_registration(&answer, &state).map_err(|_| Refusal::PasskeyFailed)?;
    let passkey = Passkey {
        id: id_of(&credential),
        contact: contact.id,
        name,
        credential: json(&credential)?,
        created_at: cx.now(),
        used_at: None,
    };
    if !store::passkeys::insert(&mut tx, &passkey).await? {
        return Err(Refusal::PasskeyFailed.into());
    }
    cx.write_down(&mut tx, What::PasskeyAdded, contact.id, contact.account, ()).await?;
    security_log::event("second_factor.changed", &cx.origin.address, Who::Contact(contact.id), "passkey added");
    let letter = mail::PasskeyAdded { name: &contact.first_name, passkey: &passkey.name };
    mail::post_person(&cx.service, &mut tx, &contact, "A passkey has been added", &letter).await?;
    renewed(cx, tx).await
}

/// Takes a passkey away, and tells its holder by mail: it might not have been them. The session goes on with a new token.
///
/// # Errors
/// [`Error::Unconfirmed`], or [`Error::NotFound`] when it is none of the actor's.
pub async fn remove_passkey(cx: &Cx, key: FormKey, id: &str) -> Result<Token, Error> {
    cx.may_keep_account()?;
    cx.confirmed()?;
    let mut tx = cx.service.store.write().await?;
    if cx.once(&mut tx, key, What::PasskeyRemoved.word(), id).await?.is_some() {
        return renewed(cx, tx).await;
    }
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let name = store::passkeys::remove(&mut tx, contact.id, id).await?.ok_or(Error::NotFound)?;
    cx.write_down(&mut tx, What::PasskeyRemoved, contact.id, contact.account, ()).await?;
    security_log::event("second_factor.changed", &cx.origin.address, Who::Contact(contact.id), "passkey removed");
    let letter = mail::PasskeyRemoved { name: &contact.first_name, passkey: &name };
    mail::post_person(&cx.service, &mut tx, &contact, "A passkey has been removed", &letter).await?;
    renewed(cx, tx).await
}

/// What the browser is asked to prove a passkey, as JSON; for who has given the right password.
pub(crate) async fn challenge(cx: &Cx) -> Result<String, Error> {
    let webauthn = webauthn(&cx.service)?;
    let mut tx = cx.service.store.write().await?;
    let contact = store::contacts::by_id(&mut tx, cx.actor.contact).await?.ok_or(Error::NotFound)?;
    let known = credentials(&mut tx, &contact).await?;
    if known.is_empty() {
        return Err(Error::NotFound);
    }
    let (options, state) = webauthn.start_passkey_authentication(&known).map_err(internal)?;
    store::passkeys::ask(&mut tx, cx.actor.session, &json(&state)?, cx.now() + PATIENCE).await?;
    tx.commit().await?;
    json(&options)
}

/// Whether the browser's answer proves one of the person's passkeys.
pub(crate) async fn proves(cx: &Cx, tx: &mut Tx, contact: &Contact, answer: &str) -> Result<bool, Error> {
    let webauthn = webauthn(&cx.service)?;
    let state: PasskeyAuthentication = asked(cx, tx).await?;
    let answer: PublicKeyCredential = read(answer)?;
    let Ok(result) = webauthn.finish_passkey_authentication(&answer, &state) else { return Ok(false) };
    for mut credential in credentials(tx, contact).await? {
        if credential.update_credential(&result).is_some() {
            store::passkeys::used(tx, &id_of(&credential), &json(&credential)?, cx.now()).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// The person, if they have an authenticator app.
async fn with_app(cx: &Cx, tx: &mut Tx) -> Result<Contact, Error> {
    let contact = store::contacts::by_id(tx, cx.actor.contact).await?;
    contact.filter(|contact| contact.second_factor_since.is_some()).ok_or(Error::NotFound)
}

async fn credentials(tx: &mut Tx, contact: &Contact) -> Result<Vec<Credential>, Error> {
    let known = store::passkeys::of_contact(tx, contact.id).await?;
    known.iter().map(|passkey| serde_json::from_str(&passkey.credential).map_err(internal)).collect()
}

/// What this session's browser was asked; its answer counts once.
async fn asked<T: DeserializeOwned>(cx: &Cx, tx: &mut Tx) -> Result<T, Error> {
    let state = store::passkeys::answer(tx, cx.actor.session, cx.now()).await?.ok_or(Refusal::PasskeyFailed)?;
    serde_json::from_str(&state).map_err(|_| Refusal::PasskeyFailed.into())
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T, Error> {
    serde_json::from_str(answer).map_err(|_| Refusal::PasskeyFailed.into())
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(internal)
}

/// The credential's id as text.
fn id_of(credential: &Credential) -> String {
    hex::encode(credential.cred_id())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
