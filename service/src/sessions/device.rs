//! The cookie by which a browser is known again that somebody signed in with before. It opens nothing and says nothing: it only gives
//! the browser a counter of its own for wrong passwords (A6), so that strangers on the same network do not make its holder wait.
//!
//! It reads `NONCE.DAY.SIGNATURE`; the signature is about the contact and the password of that time, which stand nowhere in it. With a
//! new password no browser is known any more: whoever knew the old one may have used one of them.

use domain::{ContactId, Timestamp};
use store::contacts::Contact;

use super::throttle::signed;
use crate::{Error, Origin, Service};

/// For how many days a browser is known again.
pub const DEVICE_DAYS: i64 = 400;
const DAY: i64 = 24 * 60 * 60;
/// The name of the key under which it is kept.
const KEY: &str = "sign_in";

impl Service {
    /// The key of this installation for counting and knowing again. It is made at its first use, and read once; not within a
    /// transaction that writes.
    pub(super) async fn sign_in_key(&self) -> Result<[u8; 32], Error> {
        if let Some(key) = self.sign_in_key.get() {
            return Ok(*key);
        }
        let mut tx = self.store.read().await?;
        let kept = store::installation_keys::find(&mut tx, KEY).await?;
        drop(tx);
        let kept = match kept {
            Some(kept) => kept,
            None => {
                let mut tx = self.store.write().await?;
                let made = hex::encode(self.random.bytes::<32>());
                let kept = store::installation_keys::keep(&mut tx, KEY, &made, self.clock.now()).await?;
                tx.commit().await?;
                kept
            }
        };
        let key = read(&kept)?;
        Ok(*self.sign_in_key.get_or_init(|| key))
    }
}

fn read(kept: &str) -> Result<[u8; 32], Error> {
    let bytes = hex::decode(kept).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::Internal("the installation key sign_in is unreadable".to_owned()))
}

/// What the cookie of a browser is to hold in which this contact has signed in.
///
/// # Errors
/// When the database does not answer.
pub async fn device(service: &Service, contact: ContactId) -> Result<String, Error> {
    let key = service.sign_in_key().await?;
    let mut tx = service.store.read().await?;
    let contact = store::contacts::by_id(&mut tx, contact).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let nonce = hex::encode(service.random.bytes::<16>());
    let day = (service.clock.now().timestamp() / DAY).to_string();
    let signature = signature_of(&key, Some(&contact), &nonce, &day);
    Ok(format!("{nonce}.{day}.{signature}"))
}

/// As much is reckoned when nobody is meant.
fn signature_of(key: &[u8; 32], contact: Option<&Contact>, nonce: &str, day: &str) -> String {
    let id: ContactId = contact.map_or_else(|| uuid::Uuid::nil().into(), |contact| contact.id);
    let password = contact.and_then(|contact| contact.password_hash.as_deref()).unwrap_or_default();
    signed(key, &["device", &id.to_string(), nonce, day, password])
}

/// The browser's own name, if it is one in which that contact has signed in.
pub(super) fn known<'a>(
    key: &[u8; 32],
    origin: &'a Origin,
    contact: Option<&Contact>,
    now: Timestamp,
) -> Option<&'a str> {
    let cookie = origin.device.as_deref().filter(|cookie| cookie.len() < 200).unwrap_or_default();
    let mut parts = cookie.split('.');
    let (nonce, day, signature) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let expected = signature_of(key, contact, nonce, day);
    let age = now.timestamp() / DAY - day.parse::<i64>().ok()?;
    let known = same(&expected, signature) && (0..=DEVICE_DAYS).contains(&age);
    known.then_some(nonce)
}

/// Compares in the same time wherever they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
