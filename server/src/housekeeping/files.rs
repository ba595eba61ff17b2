//! The files of mails without a mail server: links and keys stand in them, so they are not kept for ever.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::MailFiles;

/// Takes out files that are too old, and the oldest of too many.
pub async fn sweep(files: &MailFiles) {
    let (folder, age) = (files.folder.clone(), files.keep.mail_files_age());
    let most = files.keep.keep_mail_files as usize;
    // A folder of many files is slow to read, and nobody should wait for that.
    let swept = tokio::task::spawn_blocking(move || sweep_folder(&folder, age, most)).await;
    match swept.map_err(io::Error::other).flatten() {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "files of old mails were taken out"),
        Err(error) => tracing::error!(%error, "files of old mails cannot be taken out"),
    }
}

fn sweep_folder(folder: &Path, age: Duration, most: usize) -> io::Result<usize> {
    let mut mails = match mails(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        mails => mails?,
    };
    mails.sort_by_key(|(written, _)| std::cmp::Reverse(*written));
    let mut swept = 0;
    for (place, (written, path)) in mails.into_iter().enumerate() {
        // A file from the future is as old as nothing. The age of a file is by the machine's clock, which wrote its time.
        if place >= most || written.elapsed().is_ok_and(|elapsed| elapsed > age) {
            swept += usize::from(if_there(fs::remove_file(path))?.is_some());
        }
    }
    Ok(swept)
}

/// The files that the postman writes, and no others.
fn mails(folder: &Path) -> io::Result<Vec<(SystemTime, PathBuf)>> {
    let mut mails = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "eml" || ending == "part") {
            mails.extend(if_there(fs::metadata(&path))?.map(|file| file.modified()).transpose()?.map(|at| (at, path)));
        }
    }
    Ok(mails)
}

/// What was found or done, unless the file is gone: the postman has just given it its name, or somebody else has taken it out.
fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 3_600);

    /// A file of so many days ago.
    fn write(folder: &Path, name: &str, days: u32) {
        let file = fs::File::create(folder.join(name)).expect("a file");
        let now = file.metadata().and_then(|file| file.modified()).expect("its time");
        file.set_modified(now - DAY * days).expect("an older time");
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn files_of_mails_go_when_they_are_old_or_too_many_and_other_files_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for (name, days) in
            [("a.eml", 1), ("b.eml", 2), ("c.eml", 29), ("d.eml", 31), ("e.part", 40), ("notes.txt", 400)]
        {
            write(folder, name, days);
        }
        assert_eq!(sweep_folder(folder, DAY * 30, 10).expect("swept"), 2);
        assert_eq!(names(folder), ["a.eml", "b.eml", "c.eml", "notes.txt"]);
        assert_eq!(sweep_folder(folder, DAY * 30, 2).expect("swept"), 1);
        assert_eq!(names(folder), ["a.eml", "b.eml", "notes.txt"]);
        assert_eq!(sweep_folder(&folder.join("nowhere"), DAY, 2).expect("nothing is there"), 0);
    }

    #[test]
    fn a_file_that_is_gone_when_it_is_looked_at_does_not_end_the_sweep() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for name in ["a.eml", "z.eml"] {
            write(folder, name, 31);
        }
        std::os::unix::fs::symlink(folder.join("renamed"), folder.join("m.part")).expect("a name that leads nowhere");
        assert_eq!(sweep_folder(folder, DAY * 30, 10).expect("swept"), 2);
        assert_eq!(names(folder), ["m.part"]);
        let gone = fs::remove_file(folder.join("gone.eml"));
        assert!(if_there(gone).expect("no error").is_none());
    }
}
