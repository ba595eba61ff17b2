//! `keyhouse backup FILE`: a copy of the SQLite database while people work on it, looked through before it gets its name.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use rustix::{
    fs::{CWD, RenameFlags, renameat_with},
    io::Errno,
};
use service::verify::{end_of_log_of, verify_store};
use store::Store;

use crate::{Failure, settings::Flags};

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
    let url = flags.database_url();
    let file = url.strip_prefix("sqlite:").map(|file| Path::new(file.strip_prefix("//").unwrap_or(file)));
    match file {
        Some(file) if !file.exists() => {
            let words = format!("there is no database at {}; is the data folder right?", file.display());
            Err(Failure::Setting(words))
        }
        _ => Ok(Store::open_existing(&url).await?),
    }
}

async fn copy(store: &Store, file: &Path) -> Result<ExitCode, Failure> {
    store.ready().await?;
    let part = Part::beside(file)?;
    if !store.copy_into(part.text()?).await? {
        let words = "PostgreSQL has its own tools for this: pg_dump --format=custom; see docs/operating.md";
        return Err(Failure::Setting(words.to_owned()));
    }
    // Nothing was written to the copy since it was made: what is looked through is what gets the name.
    let copy = Store::open_existing(&format!("sqlite:{}", part.text()?)).await?;
    let looked = look_through(&copy).await;
    copy.close().await;
    let holds = looked?;
    part.becomes(file)?;
    println!("The copy is {}.", file.display());
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
        println!("{}: {}", finding.invariant, finding.row);
    }
    let (entries, hash) = end_of_log_of(copy).await?;
    if entries > 0 {
        println!("The audit log of the copy ends with entry {entries}, {hash}.");
    }
    if findings.is_empty() {
        println!("All invariants hold.");
    }
    Ok(findings.is_empty())
}

/// The copy before it has its name. Dropped, it is gone with what SQLite puts beside it.
struct Part(PathBuf);

impl Part {
    /// An empty file in the folder of `file`, which nobody else may read.
    fn beside(file: &Path) -> Result<Self, Failure> {
        let name = file.file_name().ok_or_else(|| Failure::Setting(format!("{} names no file", file.display())))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", std::process::id()));
        let part = file.with_file_name(hidden);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        made.map_err(Failure::machine(format!("{} cannot be made", part.display())))?;
        Ok(Self(part))
    }

    fn text(&self) -> Result<&str, Failure> {
        let odd = || Failure::Setting(format!("{} is no name in UTF-8", self.0.display()));
        self.0.to_str().ok_or_else(odd)
    }

    /// Is on the disk, and then has its name, if nobody else took that meanwhile.
    fn becomes(&self, file: &Path) -> Result<(), Failure> {
        let kept = || -> io::Result<()> {
            File::open(&self.0)?.sync_all()?;
            match renameat_with(CWD, &self.0, CWD, file, RenameFlags::NOREPLACE) {
                // Not every file system can.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) if !file.exists() => fs::rename(&self.0, file)?,
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => return Err(Errno::EXIST.into()),
                renamed => renamed?,
            }
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder)?.sync_all()
        };
        kept().map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => there_already(file),
            _ => Failure::machine(format!("{} cannot be kept", file.display()))(error),
        })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for beside in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.0.clone().into_os_string();
            name.push(beside);
            // Not there is as good as taken away.
            fs::remove_file(name).ok();
        }
    }
}

fn there_already(file: &Path) -> Failure {
    Failure::Setting(format!("{} is there already, and a copy is not written over anything", file.display()))
}
