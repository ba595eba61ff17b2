//! The site on the disk, for who works on Keyhouse: it may be made anew at any time, also while the server is compiled.

use std::{
    borrow::Cow,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::OnceLock,
};

use rust_embed::{EmbeddedFile, utils::read_file_from_fs};

/// The site made fast, or with `KEYHOUSE_SITE=release` the one that is deployed.
pub struct Site;

impl Site {
    /// The file of that name; no name leads out of the folder.
    pub fn get(name: &str) -> Option<EmbeddedFile> {
        let name = Path::new(name);
        let is_below = name.components().all(|part| matches!(part, Component::Normal(_)));
        is_below.then(|| read_file_from_fs(&folder().join(name)).ok()).flatten()
    }

    /// The names of all files; none without a site.
    pub fn iter() -> impl Iterator<Item = Cow<'static, str>> {
        let mut names = Vec::new();
        walk(folder(), "", &mut names).ok();
        names.into_iter().map(Cow::Owned)
    }
}

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let deployed = std::env::var_os("KEYHOUSE_SITE").is_some_and(|site| site == "release");
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
        target.join(if deployed { "site" } else { "site-dev" })
    })
}

fn walk(folder: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{below}{name}");
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
