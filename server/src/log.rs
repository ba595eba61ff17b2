//! Where the lines of the log go: each of them is one line, whatever a stranger made the program say in it.
//!
//! What is logged as a text of its own is quoted by `tracing` already, and it takes the escape out of messages. The words of an error
//! stand there as they are, and may hold what somebody else has said: a mail server in several lines, a database that repeats what
//! was typed. A line that they break off could be taken for another one of ours.

use std::io::{self, Write};

/// Writes events of the log to a stream, each in one line.
pub(crate) struct OneLine<W> {
    pub(crate) to: W,
    /// Whether `tracing` colors them.
    pub(crate) colored: bool,
}

impl<W: Write> Write for OneLine<W> {
    /// One whole event: that is how `tracing_subscriber` hands them over.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.to.write_all(one_line(&String::from_utf8_lossy(event), self.colored).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The event with what would break its line, turn its order round or steer a terminal, written out. In a colored log the escapes of
/// colors are left in it, and no other ones.
fn one_line(event: &str, colored: bool) -> String {
    let (line, end) = event.strip_suffix('\n').map_or((event, ""), |line| (line, "\n"));
    let mut clean = String::with_capacity(event.len());
    for (at, c) in line.char_indices() {
        match c {
            '\u{1b}' if colored && is_color(&line[at..]) => clean.push(c),
            // As `tracing` writes it.
            '\u{1b}' => clean.push_str(r"\x1b"),
            c if domain::text::is_hidden(c) => clean.extend(c.escape_default()),
            c => clean.push(c),
        }
    }
    clean + end
}

/// Whether a sequence begins there that does no more than those of `tracing`: bold, dimmed or italic, a color, or an end of that.
fn is_color(text: &str) -> bool {
    let sequence = text.strip_prefix("\u{1b}[").and_then(|rest| rest.split_once('m'));
    let is_ours = |code: &str| matches!(code, "0" | "1" | "2" | "3" | "31" | "32" | "33" | "34" | "35" | "36");
    sequence.is_some_and(|(codes, _)| codes.split(';').all(is_ours))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("nobody panics").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What stands in the log after that was done.
    fn logged(does: impl FnOnce()) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let lines = tracing_subscriber::fmt().with_ansi(false).without_time().with_target(false);
        let writer = move || OneLine { to: writer.clone(), colored: false };
        tracing::subscriber::with_default(lines.with_writer(writer).finish(), does);
        let bytes = kept.0.lock().expect("nobody panics").clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn x3_whatever_is_said_in_the_log_stays_in_its_line() {
        let said = "451 later\r\n INFO answered status=200\u{2028}\u{1b}[2J\u{9b}1m\u{202e}\u{0}";
        let log = logged(|| {
            tracing::warn!(error = %said, path = said, "a mail could not be sent: {said}");
            tracing::info!("the next one");
        });
        let shown = r"451 later\r\n INFO answered status=200\u{2028}\x1b[2J\u{9b}1m\u{202e}\u{0}";
        let lines: Vec<_> = log.lines().map(str::trim_start).collect();
        assert_eq!(lines.len(), 2, "{log}");
        assert!(
            lines[0].starts_with(&format!("WARN a mail could not be sent: {shown} error={shown} path=\"451 later")),
            "{log}"
        );
        assert!(!lines[0].chars().any(domain::text::is_hidden), "{log}");
        assert_eq!(lines[1], "INFO the next one");
    }

    #[test]
    fn our_own_colors_stay_and_no_other_sequence_does() {
        let ours = "\u{1b}[32m INFO\u{1b}[0m ü\n";
        assert_eq!(one_line(ours, true), ours);
        assert_eq!(one_line(ours, false), "\\x1b[32m INFO\\x1b[0m ü\n");
        for steers in ["[2J", "[8m", "[38;5;1m", "]0;title", "c", "[31", ""] {
            assert_eq!(one_line(&format!("\u{1b}{steers}\n"), true), format!("\\x1b{steers}\n"));
        }
    }
}
