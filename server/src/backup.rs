//! `keyhouse backup FILE`: a copy of the SQLite database while people work on it, looked through before it gets its name.

use std::{path::Path, process::ExitCode};

use service::verify::{end_of_log_of, verify_store};
use store::Store;

use crate::{
    Failure,
    cli::say,
    part::{Part, there_already},
    settings::{Flags, sqlite_url},
};

/// Copies the database into a file that is not there yet. It ends with 1 when something in the copy does not hold, which then
/// does not hold in the database either; the copy is kept, because it is a true one.
pub async fn backup(flags: &Flags, file: &Path) -> Result<ExitCode, Failure> {
    if file.exists() {
        return Err(there_already(file));
    }
    let store = existing(flags).await?;
    let copied = copy(&store, file).await;
    store.close().await;
    copied
}

/// The database of the settings. Where there is none, none is made: an empty one is no backup.
async fn existing(flags: &Flags) -> Result<Store, Failure> {
    flags.must_be_there()?;
    flags.check_way_to_database()?;
    Ok(Store::open_existing(&flags.database_url()).await?)
}

async fn copy(store: &Store, file: &Path) -> Result<ExitCode, Failure> {
    store.ready().await?;
    let part = Part::beside(file, &std::process::id().to_string())?;
    if !store.copy_into(part.text()?).await? {
        let words = "PostgreSQL has its own tools for this: pg_dump --format=custom; see docs/operating.md";
        return Err(Failure::Setting(words.to_owned()));
    }
    // Nothing was written to the copy since it was made: what is looked through is what gets the name.
    let copy = Store::open_existing(&sqlite_url(part.text()?)).await?;
    let looked = look_through(&copy).await;
    copy.close().await;
    let holds = looked?;
    part.becomes(file)?;
    say(&format!("The copy is {}.", file.display()));
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether all holds in the copy; says what does not, and where its audit log ends.
async fn look_through(copy: &Store) -> Result<bool, Failure> {
    let damages = copy.damages().await?;
    if !damages.is_empty() {
        return Err(Failure::Deed(format!("the database is damaged, and was not copied: {}", damages.join("; "))));
    }
    copy.ready().await?;
    let findings = verify_store(copy).await?;
    for finding in &findings {
        say(&format!("{}: {}", finding.invariant, finding.row));
    }
    let (entries, hash) = end_of_log_of(copy).await?;
    if entries > 0 {
        say(&format!("The audit log of the copy ends with entry {entries}, {hash}."));
    }
    if findings.is_empty() {
        say("All invariants hold.");
    }
    Ok(findings.is_empty())
}
