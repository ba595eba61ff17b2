//! The file of the sealing key: read at the start, and made once, where the database was never sealed. It is not in the database
//! and not in its copies, so that who has only those has no second factor of anybody. It is there whole or not at all, also when the
//! power fails, and the mark of its key is written to the database only after that.

use std::{
    fs::{self, File},
    io::ErrorKind,
    os::unix::fs::PermissionsExt,
    path::Path,
};

use service::{
    Service,
    sealing::{self, Known, SealingKey},
};

use crate::{
    Failure,
    part::{Part, folder},
};

/// Gives the service its key, and seals what was stored before there was one.
pub async fn take(file: &Path, service: &Service) -> Result<(), Failure> {
    let mut found = read(file)?;
    let mut known = sealing::known(service, found.as_ref()).await?;
    if known == Known::Missing {
        // Another program may have made it meanwhile: the file is there before the mark of its key is.
        found = read(file)?;
        known = sealing::known(service, found.as_ref()).await?;
    }
    let key = match (known, found) {
        (Known::Nothing | Known::Same, Some(key)) => key,
        (Known::Nothing, None) => make(file, SealingKey::new(&service.random), &service.random.uuid().to_string())?,
        (Known::Another, _) => return Err(Failure::Setting(format!("{} {ANOTHER}", file.display()))),
        (Known::Missing | Known::Same, _) => {
            let how = if file.exists() { "is empty" } else { "is missing" };
            return Err(Failure::Setting(format!("{} {how}{MISSING}", file.display())));
        }
    };
    let sealed = sealing::take(service, key).await?;
    if sealed > 0 {
        tracing::info!(sealed, "secrets of authenticator apps were sealed");
    }
    Ok(())
}

const ANOTHER: &str = "is not the key that this database was sealed with. Put the file back that was used before, or name it by --key-file";
const MISSING: &str =
    ", and this database was sealed with its key. Put the file back from your copy, or name it by --key-file";

/// The key of the file. An empty file has none: a former release that was killed while it made the file has left it.
fn read(file: &Path) -> Result<Option<SealingKey>, Failure> {
    let text = match fs::read_to_string(file) {
        Ok(text) if text.trim().is_empty() => return Ok(None),
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::machine(format!("the key file {} cannot be read", file.display()))(error)),
    };
    let mode = fs::metadata(file).map(|file| file.permissions().mode() & 0o777);
    if mode.is_ok_and(|mode| mode & 0o077 != 0) {
        tracing::warn!(file = %file.display(), "the key file can be read by others than its owner: set its mode to 600");
    }
    let key = SealingKey::parse(&text);
    key.map(Some)
        .ok_or_else(|| Failure::Setting(format!("{} is no key file: it has 64 hexadecimal digits", file.display())))
}

/// Of two that start at once, one makes it and the other reads it: one at a time looks whether there is a key and makes it, and
/// nothing but an empty file is written over. The word is no other's.
fn make(file: &Path, key: SealingKey, word: &str) -> Result<SealingKey, Failure> {
    let failed = |what: &str| format!("the key file {} cannot be {what}", file.display());
    let place = File::open(folder(file)).map_err(Failure::machine(failed("made")))?;
    // Held until this function ends. Where a folder cannot be locked, the name that is taken already still refuses the second.
    place.lock().ok();
    if let Some(made) = read(file)? {
        return Ok(made);
    }
    if file.exists() {
        fs::remove_file(file).map_err(Failure::machine(failed("made anew")))?;
    }
    let part = Part::beside(file, word)?;
    fs::write(part.text()?, format!("{}\n", key.reveal())).map_err(Failure::machine(failed("written")))?;
    match part.becomes(file) {
        Ok(()) => Ok(key),
        // Another has the name already.
        Err(taken @ Failure::Setting(_)) => read(file)?.ok_or(taken),
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn database(folder: &Path) -> store::Store {
        let file = folder.join("k.db");
        let store = store::Store::open(&format!("sqlite:{}", file.display())).await.expect("a database");
        store.migrate().await.expect("the migrations");
        store
    }

    /// Another program on the same database.
    fn program(store: &store::Store, seed: u64) -> std::sync::Arc<Service> {
        let (clock, random) = (service::clock::Clock::real(), service::random::Random::seeded(seed));
        Service::new(store.clone(), clock, random, service::Settings::default())
    }

    #[tokio::test]
    async fn a_file_that_was_left_empty_is_made_anew_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, store) = (folder.path().join("keyhouse.key"), database(folder.path()).await);
        fs::write(&file, "\n").expect("an empty file");
        take(&file, &program(&store, 1)).await.expect("a new key");
        assert!(read(&file).expect("a key file").is_some());
        assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        let names = fs::read_dir(folder.path()).expect("the folder").map(|entry| entry.expect("a file").file_name());
        assert!(names.map(|name| name.to_string_lossy().into_owned()).all(|name| !name.contains(".part")));
        fs::write(&file, "").expect("an empty file");
        let sealed = take(&file, &program(&store, 2)).await.expect_err("no key").to_string();
        assert!(sealed.contains("is empty, and this database was sealed with its key"), "{sealed}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn programs_that_start_at_once_end_with_the_same_key() {
        for empty in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            let (file, store) = (folder.path().join("keyhouse.key"), database(folder.path()).await);
            if empty {
                fs::write(&file, "").expect("an empty file");
            }
            let starts: Vec<_> = (0..8)
                .map(|seed| {
                    let (file, service) = (file.clone(), program(&store, seed));
                    tokio::spawn(async move { take(&file, &service).await })
                })
                .collect();
            for start in starts {
                start.await.expect("no panic").expect("the one key of the database");
            }
            take(&file, &program(&store, 9)).await.expect("it opens the database");
        }
    }

    #[tokio::test]
    async fn the_key_is_made_once_and_no_other_one_opens_the_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, store) = (folder.path().join("keyhouse.key"), database(folder.path()).await);
        let open = |seed| program(&store, seed);
        take(&file, &open(1)).await.expect("a new key");
        let key = fs::read_to_string(&file).expect("the key");
        assert_eq!(key.trim().len(), 64);
        assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
        take(&file, &open(2)).await.expect("the same key");
        assert_eq!(fs::read_to_string(&file).expect("the key"), key, "it is not made anew");

        fs::write(&file, SealingKey::new(&service::random::Random::seeded(3)).reveal()).expect("another key");
        let another = take(&file, &open(2)).await.expect_err("another key").to_string();
        assert!(another.contains("is not the key that this database was sealed with"), "{another}");
        fs::write(&file, "no key").expect("no key");
        let wrong = take(&file, &open(2)).await.expect_err("no key").to_string();
        assert!(wrong.contains("is no key file"), "{wrong}");
        fs::remove_file(&file).expect("removed");
        let missing = take(&file, &open(2)).await.expect_err("no file").to_string();
        assert!(missing.contains("is missing, and this database was sealed with its key"), "{missing}");
        assert!(!file.exists(), "no new one is made");
    }
}
