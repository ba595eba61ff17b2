//! A connection whose client has to go on reading: a write that stalls for too long ends it, and so does a client that takes a little
//! each time, but all in all too little.

use std::{
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

use super::phase::At;

/// How many times its patience a connection has in all, for a client that takes nothing or nearly nothing.
const IN_ALL: u32 = 2;
/// What each byte that the client takes gives back of that: whoever takes 1 kB a second while we wait goes on for ever.
const FOR_A_BYTE: Duration = Duration::from_millis(1);

/// The connection. Only the time counts in which something waits to be taken, so a stream of events may stay for days and be silent for
/// most of them.
pub struct Patient<S = TcpStream> {
    stream: S,
    patience: Duration,
    /// What is left of the patience in all.
    left: Duration,
    /// Runs while a write waits.
    stalled: Pin<Box<Sleep>>,
    /// Since when a write waits.
    since: Option<Instant>,
    at: At,
}

impl<S> Patient<S> {
    /// Waits so long for its client at once, and somewhat longer in all.
    pub fn new(stream: S, patience: Duration, at: At) -> Self {
        let left = patience.saturating_mul(IN_ALL);
        Self { stream, patience, left, stalled: Box::pin(sleep(patience)), since: None, at }
    }

    /// What became of a write, and whether it has waited for too long.
    fn watch(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            if let Some(since) = self.since.take() {
                self.at.set_unread(false);
                self.left = self.left.saturating_sub(since.elapsed());
            }
            let taken = written.as_ref().map_or(0, |bytes| u32::try_from(*bytes).unwrap_or(u32::MAX));
            let back = FOR_A_BYTE.saturating_mul(taken);
            self.left = self.left.saturating_add(back).min(self.patience.saturating_mul(IN_ALL));
            return Poll::Ready(written);
        }
        if self.since.is_none() {
            let now = Instant::now();
            self.since = Some(now);
            self.at.set_unread(true);
            self.stalled.as_mut().reset(now + self.patience.min(self.left));
        }
        ready!(self.stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::Error::new(ErrorKind::TimedOut, "the client does not read")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(300);

    /// A client that takes so many bytes each time, and how much the server could write until it gave up or all was taken.
    async fn taken(each: usize, pause: Duration, times: usize) -> (io::Result<()>, usize) {
        let (server, client) = duplex(16);
        let reading = tokio::spawn(read(client, each, pause, times));
        let mut patient = Patient::new(server, PATIENCE, At::default());
        let written = patient.write_all(&vec![0; each * times]).await;
        drop(patient);
        (written, reading.await.expect("it reads"))
    }

    async fn read(mut client: DuplexStream, each: usize, pause: Duration, times: usize) -> usize {
        let (mut all, mut bytes) = (0, vec![0; each]);
        for _ in 0..times {
            sleep(pause).await;
            match client.read(&mut bytes).await {
                Ok(read) if read > 0 => all += read,
                _ => break,
            }
        }
        all
    }

    #[tokio::test]
    async fn whoever_takes_a_byte_now_and_then_is_cut_off_and_who_takes_more_is_not() {
        // Each pause is shorter than the patience.
        let (cut, bytes) = taken(1, PATIENCE / 3, 100).await;
        assert_eq!(cut.expect_err("too little in all").kind(), ErrorKind::TimedOut);
        assert!(bytes < 50, "{bytes}");
        // A byte a millisecond on the average, and more.
        let (whole, _) = taken(16, PATIENCE / 60, 60).await;
        whole.expect("fast enough");
    }
}
