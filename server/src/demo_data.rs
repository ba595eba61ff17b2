//! The data of `keyhouse demo`: all of them, or none.
//!
//! They are made in many transactions, and a program that is killed between two of them leaves a part. Where SQLite has no file yet,
//! that part is in a file of another name, and the next start makes it from the beginning. In a database that was there before (any
//! of PostgreSQL's), a mark says that they are incomplete, and the next start says what to do: it deletes nothing.

use std::{fs::File, io, path::Path, sync::Arc};

use service::{
    Service,
    demo::{LARGE, Made},
};
use url::Url;

use crate::{
    Failure,
    cli::DemoSize,
    commands,
    part::{self, Part},
    settings::{Flags, sqlite_url},
};

/// What the file is called while it is made.
const WORD: &str = "demo";

/// Makes SQLite's file with the data in it; `false`, and nothing is done, where there is one, or where the database is none of ours to
/// make.
pub async fn make_file(flags: &Flags, base_url: &Url, size: DemoSize) -> Result<bool, Failure> {
    // An address with options (`?mode=..`) is taken as it is.
    let file = flags.database_file().filter(|file| !file.exists() && !flags.database_url().contains('?'));
    let Some(file) = file else { return Ok(false) };
    commands::make_data_folder(flags).await?;
    let folder = part::folder(&file);
    let _held = hold(folder).map_err(Failure::machine(format!("{} cannot be locked", folder.display())))?;
    if file.exists() {
        return Ok(false);
    }
    let part = Part::anew(&file, WORD)?;
    fill(flags, &part, base_url, size).await?;
    part.becomes(&file)?;
    Ok(true)
}

/// Makes the data in a database that is open; `false` when they were there before.
pub async fn make(service: &Arc<Service>, flags: &Flags, size: DemoSize) -> Result<bool, Failure> {
    let mut made = match service::demo::make(service).await? {
        Made::Now => true,
        Made::Before => false,
        Made::Incomplete => return Err(incomplete(flags)),
    };
    if size == DemoSize::Large {
        made |= service::demo::make_large(service, LARGE).await?;
    }
    Ok(made)
}

/// Of several programs that begin at once, each waits for the one before, until that has made the file or is gone.
fn hold(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    folder.lock()?;
    Ok(folder)
}

/// All that `keyhouse demo` makes on an empty database, in that file.
async fn fill(flags: &Flags, part: &Part, base_url: &Url, size: DemoSize) -> Result<(), Failure> {
    let flags = Flags { database_url: Some(sqlite_url(part.text()?)), ..flags.clone() };
    let service = commands::open(&flags, base_url, true).await?;
    let filled = async {
        commands::migrated(&service).await?;
        make(&service, &flags, size).await
    };
    let filled = filled.await;
    // However long that takes: SQLite writes its log back into the file now.
    service.store.close().await;
    filled?;
    if part.has_log() {
        return Err(Failure::Deed("the demo's database was not closed as a whole; start the demo again".to_owned()));
    }
    Ok(())
}

fn incomplete(flags: &Flags) -> Failure {
    let empty = match flags.database_file() {
        Some(file) => format!("delete {0}, {0}-wal and {0}-shm", file.display()),
        None => {
            // Its name alone: a password stands in the address.
            let url = Url::parse(&flags.database_url()).ok();
            let name = url.map(|url| url.path().trim_start_matches('/').to_owned()).unwrap_or_default();
            format!("drop the database {name} and create it again")
        }
    };
    Failure::Setting(format!(
        "the demo data in this database are incomplete. If no other program is making them at this moment, {empty}; then start the \
         demo again"
    ))
}
