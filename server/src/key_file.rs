//! The file of the sealing key: read at the start, and made once, where the database was never sealed. It is not in the database
//! and not in its copies, so that who has only those has no second factor of anybody.

use std::{
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use service::{
    Service,
    sealing::{self, Known, SealingKey},
};

use crate::Failure;

/// Only whoever runs the portal reads it.
const MODE: u32 = 0o600;

/// Gives the service its key, and seals what was stored before there was one.
pub async fn take(file: &Path, service: &Service) -> Result<(), Failure> {
    let found = read(file)?;
    let key = match (sealing::known(service, found.as_ref()).await?, found) {
        (Known::Nothing | Known::Same, Some(key)) => key,
        (Known::Nothing, None) => make(file, &SealingKey::new(&service.random))?,
        (Known::Another, _) => return Err(Failure::Setting(format!("{} {ANOTHER}", file.display()))),
        (Known::Missing | Known::Same, _) => return Err(Failure::Setting(format!("{} {MISSING}", file.display()))),
    };
    let sealed = sealing::take(service, key).await?;
    if sealed > 0 {
        tracing::info!(sealed, "secrets of authenticator apps were sealed");
    }
    Ok(())
}

const ANOTHER: &str = "is not the key that this database was sealed with. Put the file back that was used before, or name it by --key-file";
const MISSING: &str =
    "is missing, and this database was sealed with its key. Put the file back from your copy, or name it by --key-file";

fn read(file: &Path) -> Result<Option<SealingKey>, Failure> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::machine(format!("the key file {} cannot be read", file.display()))(error)),
    };
    let mode = std::fs::metadata(file).map(|file| file.permissions().mode() & 0o777);
    if mode.is_ok_and(|mode| mode & 0o077 != 0) {
        tracing::warn!(file = %file.display(), "the key file can be read by others than its owner: set its mode to 600");
    }
    let key = SealingKey::parse(&text);
    key.map(Some)
        .ok_or_else(|| Failure::Setting(format!("{} is no key file: it has 64 hexadecimal digits", file.display())))
}

/// Of two that start at once, one makes it and the other reads it.
fn make(file: &Path, key: &SealingKey) -> Result<SealingKey, Failure> {
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(MODE).open(file);
    match made.and_then(|mut made| {
        made.write_all(format!("{}\n", key.reveal()).as_bytes())?;
        made.sync_all()
    }) {
        Ok(()) => Ok(key.clone()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(file)?.ok_or_else(|| Failure::Setting(format!("{} {MISSING}", file.display())))
        }
        Err(error) => Err(Failure::machine(format!("the key file {} cannot be made", file.display()))(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_key_is_made_once_and_no_other_one_opens_the_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, url) = (folder.path().join("keyhouse.key"), folder.path().join("k.db"));
        let store = store::Store::open(&format!("sqlite:{}", url.display())).await.expect("a database");
        store.migrate().await.expect("the migrations");
        let open = |seed| {
            let clock = service::clock::Clock::real();
            Service::new(store.clone(), clock, service::random::Random::seeded(seed), service::Settings::default())
        };
        take(&file, &open(1)).await.expect("a new key");
        let key = std::fs::read_to_string(&file).expect("the key");
        assert_eq!(key.trim().len(), 64);
        assert_eq!(std::fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        take(&file, &open(2)).await.expect("the same key");
        assert_eq!(std::fs::read_to_string(&file).expect("the key"), key, "it is not made anew");

        std::fs::write(&file, SealingKey::new(&service::random::Random::seeded(3)).reveal()).expect("another key");
        let another = take(&file, &open(2)).await.expect_err("another key").to_string();
        assert!(another.contains("is not the key that this database was sealed with"), "{another}");
        std::fs::write(&file, "no key").expect("no key");
        let wrong = take(&file, &open(2)).await.expect_err("no key").to_string();
        assert!(wrong.contains("is no key file"), "{wrong}");
        std::fs::remove_file(&file).expect("removed");
        let missing = take(&file, &open(2)).await.expect_err("no file").to_string();
        assert!(missing.contains("is missing, and this database was sealed with its key"), "{missing}");
        assert!(!file.exists(), "no new one is made");
    }
}
