//! A file of SQLite while it is made: it lies beside its place, under another name, and gets its own when it is complete.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{CWD, RenameFlags, renameat_with},
    io::Errno,
};

use crate::Failure;

/// The file before it has its name. Dropped, it is gone with what SQLite puts beside it.
pub struct Part(PathBuf);

impl Part {
    /// An empty file in the folder of `file`, which nobody else may read. The word tells it from those that others make for the same
    /// place.
    pub fn beside(file: &Path, word: &str) -> Result<Self, Failure> {
        let part = path(file, word)?;
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        made.map_err(Failure::machine(format!("{} cannot be made", part.display())))?;
        Ok(Self(part))
    }

    /// The same, and what a program has left there that was killed is taken away first. Nobody else may be making it.
    pub fn anew(file: &Path, word: &str) -> Result<Self, Failure> {
        drop(Self(path(file, word)?));
        Self::beside(file, word)
    }

    /// Its name, as SQLite takes it.
    pub fn text(&self) -> Result<&str, Failure> {
        let odd = || Failure::Setting(format!("{} is no name in UTF-8", self.0.display()));
        self.0.to_str().ok_or_else(odd)
    }

    /// Whether SQLite has left a log beside it. What stands in that would be lost with the name.
    pub fn has_log(&self) -> bool {
        self.with("-wal").exists()
    }

    /// Is on the disk, and then has its name, if nobody else took that meanwhile.
    pub fn becomes(&self, file: &Path) -> Result<(), Failure> {
        let kept = || -> io::Result<()> {
            File::open(&self.0)?.sync_all()?;
            match renameat_with(CWD, &self.0, CWD, file, RenameFlags::NOREPLACE) {
                // Not every file system can.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) if !file.exists() => fs::rename(&self.0, file)?,
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => return Err(Errno::EXIST.into()),
                renamed => renamed?,
            }
            File::open(folder(file))?.sync_all()
        };
        kept().map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => there_already(file),
            _ => Failure::machine(format!("{} cannot be kept", file.display()))(error),
        })
    }

    fn with(&self, ending: &str) -> PathBuf {
        let mut name = self.0.clone().into_os_string();
        name.push(ending);
        name.into()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for beside in ["", "-wal", "-shm", "-journal"] {
            // Not there is as good as taken away.
            fs::remove_file(self.with(beside)).ok();
        }
    }
}

/// The folder that a file lies in.
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Nothing is written over.
pub fn there_already(file: &Path) -> Failure {
    Failure::Setting(format!("{} is there already, and nothing is written over it", file.display()))
}

fn path(file: &Path, word: &str) -> Result<PathBuf, Failure> {
    let name = file.file_name().ok_or_else(|| Failure::Setting(format!("{} names no file", file.display())))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{word}.part"));
    Ok(file.with_file_name(hidden))
}
