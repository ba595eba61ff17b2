//! Where the lines of the log go: each of them is one line, whatever a stranger made the program say in it.
//!
//! What is logged as a text of its own is quoted by `tracing` already, and it takes the escape out of messages. The words of an error
//! stand there as they are, and may hold what somebody else has said: a mail server in several lines, a database that repeats what
//! was typed. A line that they break off could be taken for another one of ours.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::{self, Write},
    panic,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

/// How many lines may wait for whoever reads the log; the next ones are dropped.
const WAITING: usize = 10_000;
/// How long the program waits at its end for what is still to be written.
const AT_THE_END: Duration = Duration::from_secs(1);

/// The lines on their way to a stream. A thread of its own writes them: nobody who logs waits for who reads. Libraries for that
/// write to the standard streams themselves when their reader has stalled, and stall with it.
#[derive(Clone)]
pub(crate) struct Lines {
    to: SyncSender<Said>,
    dropped: Arc<AtomicUsize>,
}

enum Said {
    Line(Vec<u8>),
    /// Nothing more is said; whoever said so is told when all was written.
    End(SyncSender<()>),
}

impl Lines {
    /// The lines to that stream.
    pub(crate) fn to(mut stream: impl Write + Send + 'static) -> Self {
        let (to, said) = sync_channel(WAITING);
        thread::spawn(move || write(&said, &mut stream));
        Self { to, dropped: Arc::default() }
    }

    /// Waits until all that was said is written, for a second at the most.
    pub(crate) fn end(&self) {
        let (told, written) = sync_channel(1);
        if self.to.try_send(Said::End(told)).is_ok() {
            written.recv_timeout(AT_THE_END).ok();
        }
    }

    /// Lets a panic be one of the lines: the words that it is given otherwise would wait for a reader that has stalled.
    pub(crate) fn hear_panics(&self) {
        let lines = self.clone();
        panic::set_hook(Box::new(move |info| {
            let thread = thread::current();
            let mut words = format!("thread '{}' {info}\n", thread.name().unwrap_or("unnamed"));
            let trace = Backtrace::capture();
            if trace.status() == BacktraceStatus::Captured {
                words += &format!("{trace}\n");
            }
            lines.clone().write_all(words.as_bytes()).ok();
        }));
    }

    /// Whether there was room for it.
    fn say(&self, line: Vec<u8>) -> bool {
        self.to.try_send(Said::Line(line)).is_ok()
    }
}

fn write(said: &Receiver<Said>, stream: &mut impl Write) {
    for said in said {
        match said {
            // Whoever reads may have gone away.
            Said::Line(line) => drop(stream.write_all(&line)),
            Said::End(told) => drop(told.send(())),
        }
    }
}

impl Write for Lines {
    /// A whole line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let dropped = self.dropped.swap(0, Ordering::Relaxed);
        let words = format!("{dropped} lines of the log were dropped: nobody read them in time\n");
        if dropped > 0 && !self.say(words.into_bytes()) {
            self.dropped.fetch_add(dropped, Ordering::Relaxed);
        }
        if !self.say(line.to_vec()) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

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

    /// A stream whose reader stalls until it is let go.
    struct Stalling(Receiver<()>, Kept);

    impl Write for Stalling {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().ok();
            self.1.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_a_reader_that_stalls_and_what_was_dropped_is_said() {
        let (go_on, stalled) = sync_channel(0);
        let kept = Kept::default();
        let mut lines = Lines::to(Stalling(stalled, kept.clone()));
        // One is being written, the others wait; what comes then is dropped.
        for line in 0..WAITING + 50 {
            lines.write_all(format!("{line}\n").as_bytes()).expect("it never fails");
        }
        let dropped = lines.dropped.load(Ordering::Relaxed);
        assert!((49..=50).contains(&dropped), "{dropped}");
        drop(go_on);
        let last = format!("\n{}\n", WAITING + 49 - dropped);
        while !kept.0.lock().expect("nobody panics").ends_with(last.as_bytes()) {
            thread::yield_now();
        }
        lines.write_all(b"again\n").expect("it never fails");
        lines.end();
        let bytes = kept.0.lock().expect("nobody panics").clone();
        let said = format!("{dropped} lines of the log were dropped: nobody read them in time\nagain\n");
        assert!(bytes.ends_with(said.as_bytes()), "{:?}", String::from_utf8_lossy(&bytes[bytes.len() - 200..]));
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
