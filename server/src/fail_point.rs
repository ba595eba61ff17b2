//! Killing the program at a step of a transaction, as a power cut would: for tests of what is there afterwards.
//!
//! The file says at which step, and whose: `7 orders/held.rs` is the seventh step (begin, statements, commit and what comes
//! after are counted, see [`store::Step`]) of a transaction that is begun in a file whose name ends so. Without a name
//! it is the first transaction that comes so far. No file, or an empty one, kills nobody. Nor does one that begins with `list`:
//! each step is written at its end, so that a test knows how many there are.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::process::{Signal, getpid, kill_process};
use store::{Step, Watch};

/// Reads the file before each step, and does what it says.
pub fn watch(file: PathBuf) -> Watch {
    Arc::new(move |step| {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let done = if text.starts_with("list") {
            list(&file, step)
        } else if names(&text, step) {
            // Nothing is flushed, closed or rolled back.
            kill_process(getpid(), Signal::KILL).map_err(Into::into)
        } else {
            Ok(())
        };
        if let Err(error) = done {
            tracing::error!(%error, "the step was neither listed nor the last one");
        }
    })
}

fn list(file: &Path, Step { begun_in, number }: Step) -> io::Result<()> {
    // In one piece: two transactions may take a step at once.
    fs::OpenOptions::new().append(true).open(file)?.write_all(format!("\n{number} {begun_in}").as_bytes())
}

fn names(text: &str, step: Step) -> bool {
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|word| word.parse().ok());
    number == Some(step.number) && words.next().is_none_or(|file| step.begun_in.ends_with(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_named_by_its_number_and_perhaps_by_who_began() {
        let step = Step { begun_in: "service/src/orders/held.rs", number: 7 };
        for (text, named) in [
            ("7", true),
            ("7\n", true),
            ("7 orders/held.rs\n", true),
            ("7 orders/place.rs", false),
            ("6 orders/held.rs", false),
            ("70", false),
            ("held.rs", false),
            ("", false),
        ] {
            assert_eq!(names(text, step), named, "{text:?}");
        }
    }

    #[test]
    fn each_step_is_listed_where_that_is_asked_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("step.txt");
        let watch = watch(file.clone());
        let begun_in = "service/src/orders/held.rs";
        watch(Step { begun_in, number: 1 });
        assert!(!file.exists());
        fs::write(&file, "list").expect("a file");
        for number in [1, 2] {
            watch(Step { begun_in, number });
        }
        let listed = fs::read_to_string(&file).expect("a file");
        assert_eq!(listed, "list\n1 service/src/orders/held.rs\n2 service/src/orders/held.rs");
    }
}
