//! Killing the program at a step of a transaction, as a power cut would: for tests of what is there afterwards.
//!
//! The file says at which step, and whose: `7 orders/held.rs` is the seventh step (begin, statements, commit and what comes
//! after are counted, see [`store::Step`]) of a transaction that is begun in a file whose name ends so. Without a name
//! it is the first transaction that comes so far. No file, or an empty one, kills nobody.

use std::{path::PathBuf, sync::Arc};

use rustix::process::{Signal, getpid, kill_process};
use store::{Step, Watch};

/// Reads the file before each step, and ends the program where it says so.
pub fn watch(file: PathBuf) -> Watch {
    Arc::new(move |step| {
        if std::fs::read_to_string(&file).is_ok_and(|text| names(&text, step)) {
            // Nothing is flushed, closed or rolled back.
            if let Err(error) = kill_process(getpid(), Signal::KILL) {
                tracing::error!(%error, "the program could not be killed");
            }
        }
    })
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
}
