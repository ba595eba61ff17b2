//! The fingerprint of what goes into a step or comes out of it.

use crate::files;
use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path};

/// Collects bytes, tells them apart by their lengths, and ends as hex.
pub struct Digest(Sha256);

impl Digest {
    /// Begins with the program that does the work: when a step learns something new, it is done again.
    pub fn of_this_program() -> Result<Self> {
        let program = std::env::current_exe().context("where am I?")?;
        Self::empty().file(&program)
    }

    /// Begins with nothing.
    pub fn empty() -> Self {
        Self(Sha256::new())
    }

    /// Takes in some text or bytes.
    pub fn bytes(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.0.update(bytes.len().to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Takes in what a file holds.
    pub fn file(self, path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(self.bytes(bytes))
    }

    /// Takes in every file below a folder, with its name. A folder that is missing counts as empty.
    pub fn folder(mut self, folder: &Path) -> Result<Self> {
        for path in files::below(folder)? {
            let name = files::name_in(folder, &path)?;
            self = self.bytes(name).file(&path)?;
        }
        Ok(self)
    }

    /// The fingerprint.
    pub fn hex(self) -> String {
        hex::encode(self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_cut_otherwise_are_not_the_same() {
        let one = Digest::empty().bytes("ab").bytes("c").hex();
        let other = Digest::empty().bytes("a").bytes("bc").hex();
        assert_ne!(one, other);
    }

    #[test]
    fn a_folder_is_told_by_names_and_contents() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let hex = || Digest::empty().folder(folder.path()).map(Digest::hex);
        let empty = hex()?;
        fs::write(folder.path().join("a.css"), "a {}")?;
        let a = hex()?;
        fs::rename(folder.path().join("a.css"), folder.path().join("b.css"))?;
        let b = hex()?;
        assert_eq!(3, std::collections::HashSet::from([empty, a, b]).len());
        Ok(())
    }
}
