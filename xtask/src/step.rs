//! One step: a folder made from something. It says what it does and how long it takes, and is skipped when what goes
//! into it is the same as last time.

use crate::{digest::Digest, files, place::Place};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// What a step has left for the next one.
pub struct Made {
    /// The folder that it filled.
    pub folder: PathBuf,
    /// The fingerprint of what is in it. When a step makes the same again, the next one has nothing to do.
    pub hex: String,
}

/// Fills `folder` by `work`, unless it was filled from the same `inputs` before.
pub fn make(
    place: &Place,
    title: &str,
    folder: PathBuf,
    inputs: Digest,
    work: impl FnOnce(&Path) -> Result<String>,
) -> Result<Made> {
    let inputs = inputs.hex();
    let name = folder.file_name().context("a step fills a folder with a name")?;
    let mark = place.work.join(name).with_extension("done");
    let done = fs::read_to_string(&mark).unwrap_or_default();
    if let Some((_, hex)) = done.split_once(' ').filter(|(done, _)| *done == inputs && folder.is_dir()) {
        say(title, "nothing new", Duration::ZERO);
        return Ok(Made { folder, hex: hex.to_owned() });
    }
    let start = Instant::now();
    if mark.exists() {
        fs::remove_file(&mark)?;
    }
    // It is made beside its place and put there when it is whole, so that nobody sees half of it.
    let unfinished = folder.with_extension("unfinished");
    files::empty(&unfinished)?;
    let result = work(&unfinished).with_context(|| format!("{title}: failed"))?;
    files::empty(&folder)?;
    fs::remove_dir(&folder)?;
    fs::rename(&unfinished, &folder)?;
    fs::create_dir_all(&place.work)?;
    let hex = Digest::empty().folder(&folder)?.hex();
    fs::write(&mark, format!("{inputs} {hex}"))?;
    say(title, &result, start.elapsed());
    Ok(Made { folder, hex })
}

/// One line about a step that is done.
pub fn say(title: &str, result: &str, time: Duration) {
    println!("  {title:<44} {result:<38} {:>6.1} s", time.as_secs_f32());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Mode;

    fn place(root: &Path) -> Place {
        Place {
            mode: Mode::Dev,
            root: root.to_owned(),
            target: root.to_owned(),
            work: root.join("work"),
            site: root.join("site"),
        }
    }

    #[test]
    fn what_is_done_is_not_done_again_until_something_changes() -> Result<()> {
        let root = tempfile::tempdir()?;
        let place = place(root.path());
        let mut times = 0;
        let mut make = |input: &str| {
            make(&place, "a step", place.work.join("step"), Digest::empty().bytes(input), |folder| {
                times += 1;
                fs::write(folder.join(input), "")?;
                Ok(String::new())
            })
        };
        make("one")?;
        make("one")?;
        let made = make("two")?;
        assert_eq!(files::below(&made.folder)?, [made.folder.join("two")]);
        assert_eq!(times, 2);
        Ok(())
    }

    #[test]
    fn the_same_made_of_something_else_is_the_same_to_the_next_step() -> Result<()> {
        let root = tempfile::tempdir()?;
        let place = place(root.path());
        let make = |input: &str, output: &str| {
            make(&place, "a step", place.work.join("step"), Digest::empty().bytes(input), |folder| {
                fs::write(folder.join("out"), output)?;
                Ok(String::new())
            })
        };
        let one = make("one", "same")?.hex;
        assert_eq!(one, make("two", "same")?.hex);
        assert_eq!(one, make("two", "skipped")?.hex);
        assert_ne!(one, make("three", "other")?.hex);
        Ok(())
    }

    #[test]
    fn what_failed_is_tried_again_and_leaves_what_was_there() -> Result<()> {
        let root = tempfile::tempdir()?;
        let place = place(root.path());
        let folder = place.work.join("step");
        let made = make(&place, "a step", folder.clone(), Digest::empty(), |folder| {
            fs::write(folder.join("old"), "")?;
            Ok(String::new())
        })?;
        let changed = || Digest::empty().bytes("changed");
        let failed = make(&place, "a step", folder.clone(), changed(), |_| anyhow::bail!("the disk is full"));
        assert!(failed.is_err());
        assert_eq!(files::below(&made.folder)?, [made.folder.join("old")]);
        let mut again = false;
        make(&place, "a step", folder, changed(), |_| {
            again = true;
            Ok(String::new())
        })?;
        assert!(again);
        Ok(())
    }
}
