//! A mail server for tests: it speaks SMTP over a real connection, and does with each letter what it was told to.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What it does with the next letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Says so at the recipient.
    Refuses(&'static str),
    /// Says so after the text.
    RefusesText(&'static str),
    /// Closes the connection while the text comes.
    Cuts,
    /// Has the whole text, and says nothing any more.
    Silent,
    /// Answers a byte at a time, and never to an end.
    Trickles,
}

/// What happened on the side of the server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many connections came.
    pub connections: usize,
    /// How many letters were begun.
    pub begun: usize,
}

/// A letter that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

/// The server; it stops listening when the test ends.
pub struct MailServer {
    pub address: SocketAddr,
    moods: Arc<Mutex<VecDeque<Mood>>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    seen: Arc<Mutex<Seen>>,
}

impl MailServer {
    /// One that takes every letter.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (moods, taken, seen) = (Arc::default(), Arc::default(), Arc::default());
        let server = Self { address, moods: Arc::clone(&moods), taken: Arc::clone(&taken), seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (moods, taken, seen) = (Arc::clone(&moods), Arc::clone(&taken), Arc::clone(&seen));
                seen.lock().expect("what was seen").connections += 1;
                // A connection that the other side breaks is over; that is no fault of ours.
                tokio::spawn(async move { serve(connection, &moods, &taken, &seen).await.ok() });
            }
        });
        server
    }

    /// One that takes connections and never says a word.
    pub async fn silent() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let server = Self { address, moods: Arc::default(), taken: Arc::default(), seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((connection, _)) = listener.accept().await {
                seen.lock().expect("what was seen").connections += 1;
                open.push(connection);
            }
        });
        server
    }

    /// What has happened so far.
    pub fn seen(&self) -> Seen {
        *self.seen.lock().expect("what was seen")
    }

    /// What it does with the next letters; after them it takes every one.
    pub fn will(&self, moods: impl IntoIterator<Item = Mood>) {
        self.moods.lock().expect("moods").extend(moods);
    }

    /// The letters that it has taken.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().expect("letters").clone()
    }
}

async fn serve(
    connection: TcpStream,
    moods: &Mutex<VecDeque<Mood>>,
    taken: &Mutex<Vec<Taken>>,
    seen: &Mutex<Seen>,
) -> std::io::Result<()> {
    let (read, mut write) = connection.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut letter = Taken { from: String::new(), to: Vec::new(), data: String::new() };
    let mut mood = Mood::Takes;
    write.write_all(b"220 mail.example ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.to_ascii_uppercase() {
            word if word.starts_with("EHLO") => "250-mail.example\r\n250 8BITMIME",
            word if word.starts_with("MAIL FROM:") => {
                letter = Taken { from: between(&line), to: Vec::new(), data: String::new() };
                mood = moods.lock().expect("moods").pop_front().unwrap_or(Mood::Takes);
                seen.lock().expect("what was seen").begun += 1;
                if mood == Mood::Trickles {
                    loop {
                        write.write_all(b"2").await?;
                        write.flush().await?;
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                }
                "250 ok"
            }
            word if word.starts_with("RCPT TO:") => match mood {
                Mood::Refuses(why) => why,
                _ => {
                    letter.to.push(between(&line));
                    "250 ok"
                }
            },
            word if word == "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await? {
                    if mood == Mood::Cuts {
                        return Ok(());
                    }
                    if line == "." {
                        break;
                    }
                    letter.data += line.strip_prefix('.').unwrap_or(&line);
                    letter.data += "\n";
                }
                if mood == Mood::Silent {
                    while lines.next_line().await?.is_some() {}
                    return Ok(());
                }
                match mood {
                    Mood::RefusesText(why) => why,
                    _ => {
                        taken.lock().expect("letters").push(letter.clone());
                        "250 taken"
                    }
                }
            }
            word if word == "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            word if word == "RSET" || word == "NOOP" => "250 ok",
            _ => "502 not here",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// What stands between the angle brackets.
fn between(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(inside, _)| inside.to_owned())
        .unwrap_or_default()
}
