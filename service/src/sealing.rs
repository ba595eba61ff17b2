//! What has to be read again and must not lie in the database in the open: the secrets of authenticator apps are sealed
//! (XChaCha20-Poly1305), and recovery codes are hashed (HMAC-SHA256), under a key that is not in the database.
//!
//! The key comes from a file. The database holds a mark of it, so that another key, or none, is told before anybody needs it.
//! What was stored before there was a key is sealed when the portal starts.

use std::sync::{Arc, OnceLock};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use domain::ContactId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use store::second_factors::App;

use crate::{Error, Service, random::Random};

/// Begins a text that is sealed; in front of it stands the version of how. No secret in base 32 has a colon.
const SEALED: &str = "sealed1:";
const NONCE: usize = 24;

/// The key that is not in the database. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey([u8; 32]);

impl SealingKey {
    /// A new one.
    pub fn new(random: &Random) -> Self {
        Self(random.bytes())
    }

    /// As it stands in its file: 64 hexadecimal digits. `None` when that is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = [0; 32];
        hex::decode_to_slice(text.trim(), &mut key).ok()?;
        Some(Self(key))
    }

    /// For its file.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    /// Tells it from any other key, and gives nothing of it away.
    pub fn mark(&self) -> String {
        hex::encode(self.derived("mark"))
    }

    /// One key for each purpose, so that none of them says anything about another.
    fn derived(&self, purpose: &str) -> [u8; 32] {
        keyed(&self.0, &["keyhouse", purpose])
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey(..)")
    }
}

/// Where the key is, once it has been read.
#[derive(Debug, Clone, Default)]
pub struct Sealing(Arc<OnceLock<SealingKey>>);

impl From<SealingKey> for Sealing {
    fn from(key: SealingKey) -> Self {
        Self(Arc::new(OnceLock::from(key)))
    }
}

impl Sealing {
    fn key(&self) -> Result<&SealingKey, Error> {
        self.0.get().ok_or_else(|| Error::Internal("the sealing key has not been read".to_owned()))
    }

    /// Seals a text of that person. It opens for nobody else.
    pub(crate) fn seal(&self, random: &Random, whose: ContactId, text: &str) -> Result<String, Error> {
        let nonce = random.bytes::<NONCE>();
        let whose = whose.to_string();
        let payload = Payload { msg: text.as_bytes(), aad: whose.as_bytes() };
        let sealed = self.cipher()?.encrypt(&nonce.into(), payload).map_err(|_| broken("sealed"))?;
        Ok(format!("{SEALED}{}{}", hex::encode(nonce), hex::encode(sealed)))
    }

    /// Opens what was sealed for that person.
    pub(crate) fn open(&self, whose: ContactId, stored: &str) -> Result<String, Error> {
        // What was stored before there was a key, and is read before the start has sealed it.
        let Some(sealed) = stored.strip_prefix(SEALED) else { return Ok(stored.to_owned()) };
        let bytes = hex::decode(sealed).map_err(|_| broken("opened"))?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(|| broken("opened"))?;
        let whose = whose.to_string();
        let payload = Payload { msg: sealed, aad: whose.as_bytes() };
        let opened = self.cipher()?.decrypt(&(*nonce).into(), payload).map_err(|_| broken("opened"))?;
        String::from_utf8(opened).map_err(|_| broken("opened"))
    }

    /// What is stored of a recovery code.
    pub(crate) fn hash(&self, whose: ContactId, code: &str) -> Result<String, Error> {
        let key = self.key()?.derived("recovery codes");
        Ok(hex::encode(keyed(&key, &[&whose.to_string(), code])))
    }

    fn cipher(&self) -> Result<XChaCha20Poly1305, Error> {
        Ok(XChaCha20Poly1305::new(&self.key()?.derived("authenticator secrets").into()))
    }
}

fn keyed(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(b"\n");
    }
    mac.finalize().into_bytes().into()
}

fn broken(what: &str) -> Error {
    Error::Internal(format!("a secret cannot be {what} with this sealing key"))
}

/// Whether a key is the one that the database was sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The database was never sealed.
    Nothing,
    /// It was sealed with a key, and none was given.
    Missing,
    /// It was sealed with another key.
    Another,
    /// It was sealed with this one.
    Same,
}

/// What the database knows of a key.
///
/// # Errors
/// When the database does not answer.
pub async fn known(service: &Service, key: Option<&SealingKey>) -> Result<Known, Error> {
    let mut tx = service.store.read().await?;
    Ok(match (store::second_factors::sealing_mark(&mut tx).await?, key) {
        (None, _) => Known::Nothing,
        (Some(_), None) => Known::Missing,
        (Some(mark), Some(key)) if mark == key.mark() => Known::Same,
        (Some(_), Some(_)) => Known::Another,
    })
}

/// Takes the key: from now on secrets are sealed with it, those too that were stored in the open before. Gives how many.
///
/// # Errors
/// When the database does not answer, or was sealed with another key.
pub async fn take(service: &Service, key: SealingKey) -> Result<usize, Error> {
    let mut tx = service.store.write().await?;
    if !store::second_factors::keep_sealing_mark(&mut tx, &key.mark()).await? {
        return Err(Error::Internal("the database was sealed with another key".to_owned()));
    }
    let sealing = Sealing::from(key.clone());
    let open = store::second_factors::apps_without(&mut tx, SEALED).await?;
    for (contact, app) in &open {
        let secret = sealing.seal(&service.random, *contact, &app.secret)?;
        let recovery = app.recovery.as_ref().map(|codes| sealing.seal(&service.random, *contact, codes));
        let app = App { secret, recovery: recovery.transpose()?, ..app.clone() };
        store::second_factors::reseal(&mut tx, *contact, &app).await?;
    }
    tx.commit().await?;
    service.settings.sealing.0.set(key).ok();
    Ok(open.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealing(seed: u64) -> Sealing {
        SealingKey::new(&Random::seeded(seed)).into()
    }

    #[test]
    fn a_sealed_text_opens_for_its_person_with_its_key_alone() {
        let random = Random::seeded(1);
        let [anna, lee]: [ContactId; 2] = [random.uuid().into(), random.uuid().into()];
        let sealed = sealing(7).seal(&random, anna, "JBSWY3DPEHPK3PXP").expect("sealed");
        assert!(sealed.starts_with(SEALED) && !sealed.contains("JBSWY3DP"));
        assert_ne!(sealed, sealing(7).seal(&random, anna, "JBSWY3DPEHPK3PXP").expect("sealed"), "another nonce");
        assert_eq!(sealing(7).open(anna, &sealed).expect("opened"), "JBSWY3DPEHPK3PXP");
        assert!(sealing(7).open(lee, &sealed).is_err(), "another person's row");
        assert!(sealing(8).open(anna, &sealed).is_err(), "another key");
        assert!(Sealing::default().open(anna, &sealed).is_err(), "no key");
        for cut in [SEALED.len(), SEALED.len() + 10, sealed.len() - 2] {
            assert!(sealing(7).open(anna, &sealed[..cut]).is_err(), "cut at {cut}");
        }
        assert_eq!(sealing(7).open(anna, "JBSWY3DPEHPK3PXP").expect("as it was"), "JBSWY3DPEHPK3PXP");
    }

    #[test]
    fn a_key_is_read_as_it_is_written_and_is_not_shown() {
        let key = SealingKey::new(&Random::seeded(7));
        assert_eq!(SealingKey::parse(&format!("{}\n", key.reveal())), Some(key.clone()));
        for wrong in ["", "abc", &key.reveal()[1..], &format!("{}00", key.reveal())] {
            assert_eq!(SealingKey::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{key:?}"), "SealingKey(..)");
        assert_ne!(key.mark(), SealingKey::new(&Random::seeded(8)).mark());
    }
}
