//! Nobody else on this machine reads what Keyhouse keeps: links in mails, sessions, license keys.

use std::{
    io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::{fs::Mode, process};

use crate::settings::Flags;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;
/// What others may do with a file, and the bit of folders such as `/tmp` that everybody uses.
const OTHERS: u32 = 0o077;
const STICKY: u32 = 0o1000;
/// The key that second factors are sealed with, beside the database.
const KEY: &str = "keyhouse.key";

/// From now on no file is made that others can read; the database, its log, mails and their folders.
pub fn make_only_ours() {
    process::umask(Mode::from_raw_mode(OTHERS));
}

/// Takes away from others what an earlier release has made. What cannot be changed is told in the log.
pub fn close_to_others(flags: &Flags) {
    let mail = flags.data_dir.join("mail");
    let database = flags.database_file();
    let in_folder =
        database.as_ref().is_some_and(|file| file.parent() == Some(flags.data_dir.as_path()) && file.exists());
    if in_folder || mail.is_dir() {
        close(&flags.data_dir, FOLDER);
    }
    close(&mail, FOLDER);
    close(&flags.data_dir.join(KEY), FILE);
    let letters = std::fs::read_dir(&mail).into_iter().flatten().flatten().map(|entry| entry.path());
    letters.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).for_each(|path| close(&path, FILE));
    for file in database.iter().flat_map(|file| parts(file)) {
        close(&file, FILE);
    }
}

/// The files of a database of SQLite. What it makes anew is as open as the first of them.
fn parts(database: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm", "-journal"]
        .iter()
        .map(|ending| PathBuf::from(format!("{}{ending}", database.display())))
        .collect()
}

fn close(path: &Path, mode: u32) {
    if let Err(error) = try_close(path, mode) {
        tracing::warn!(path = %path.display(), %error, "others on this machine may read this");
    }
}

fn try_close(path: &Path, mode: u32) -> io::Result<()> {
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let ours = found.uid() == process::geteuid().as_raw() && found.mode() & STICKY == 0;
    if found.is_symlink() || found.mode() & OTHERS == 0 {
        return Ok(());
    }
    if !ours {
        return Err(io::Error::other("it is not ours alone"));
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("it is there").mode() & 0o777
    }

    #[test]
    fn what_an_earlier_release_left_open_is_closed_and_what_is_not_ours_stays() {
        use clap::Parser;
        #[derive(Parser)]
        struct Line {
            #[command(flatten)]
            flags: Flags,
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        let open =
            |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
        std::fs::create_dir_all(data.join("mail")).expect("folders");
        for file in ["keyhouse.db", "keyhouse.db-wal", "keyhouse.key", "mail/1.eml", "notes.txt"] {
            std::fs::write(data.join(file), "x").expect("written");
            open(&data.join(file), 0o644);
        }
        for folder in [&data, &data.join("mail")] {
            open(folder, 0o755);
        }
        let flags = Line::parse_from(["keyhouse", "--data-dir", &data.display().to_string()]).flags;
        close_to_others(&flags);
        assert_eq!([mode(&data), mode(&data.join("mail"))], [0o700, 0o700]);
        let files = ["keyhouse.db", "keyhouse.db-wal", "keyhouse.key", "mail/1.eml", "notes.txt"];
        assert_eq!(files.map(|file| mode(&data.join(file))), [0o600, 0o600, 0o600, 0o600, 0o644]);

        // A folder of everybody, or one in which nothing of ours lies, is left alone.
        let other = folder.path().join("other");
        std::fs::create_dir(&other).expect("a folder");
        open(&other, 0o755);
        close_to_others(&Line::parse_from(["keyhouse", "--data-dir", &other.display().to_string()]).flags);
        assert_eq!(mode(&other), 0o755);
    }
}
