//! Takes a letter to the mail server, or puts it as a file into the data folder.

mod refused;

use std::{
    fs::{self, File},
    io::{self, Write},
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{Timestamp, text};
use lettre::{
    Message,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use service::mail::Letter;
use url::{Host, Url};

use self::refused::{refuses_recipient, words};
use super::smtp::MailServer;
use crate::{Failure, settings::Flags};

/// Who sends, and by which way.
pub struct Postman {
    from: Mailbox,
    /// What stands behind the @ of all that we name ourselves.
    domain: String,
    way: Way,
    limit: Duration,
}

enum Way {
    Server(MailServer),
    Folder(PathBuf),
}

/// Why a letter could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum Undelivered {
    /// The address is none, or the letter cannot be written.
    #[error("the letter cannot be written: {0}")]
    Letter(String),
    /// The mail server was not reached, or does not speak with us.
    #[error("the mail server: {0}")]
    Connection(lettre::transport::smtp::Error),
    /// The mail server did not take it.
    #[error("the mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// It did not finish in time, at whichever step.
    #[error("the mail server did not take the mail within {0} s")]
    TooSlow(u64),
    /// The program stopped meanwhile.
    #[error("the program was stopped while the mail was being sent")]
    Stopped,
    /// The folder did not take it.
    #[error("the mail folder: {0}")]
    Folder(#[from] io::Error),
}

impl Undelivered {
    /// Whether every other try would fail as well: the address is none, or the server says that the recipient is not there. That it
    /// wants nothing from us is no such reason, since it says so of every letter until the settings are right.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Letter(_) => true,
            Self::Server(error) => {
                let code = error.status().map(u16::from);
                error.is_permanent() && code.is_some_and(|code| refuses_recipient(code, &words(error)))
            }
            Self::Connection(_) | Self::TooSlow(_) | Self::Stopped | Self::Folder(_) => false,
        }
    }

    /// What the mail server answered, code and words, where that is why: those who sent the mail may read it. All else is about
    /// the operator's machines.
    pub fn answer(&self) -> Option<String> {
        match self {
            Self::Letter(_) => Some("This is not an address that mail can be sent to.".to_owned()),
            // What it refuses for good and not because of the recipient, it refuses because of us.
            Self::Server(error) if error.is_permanent() && !self.is_final() => None,
            Self::Server(error) => {
                let code = error.status().map(u16::from)?;
                Some(format!("{code} {}", words(error)).trim().to_owned())
            }
            Self::Connection(_) | Self::TooSlow(_) | Self::Stopped | Self::Folder(_) => None,
        }
    }
}

impl Postman {
    /// By the mail server of the settings, or into files.
    pub fn from_settings(flags: &Flags, base_url: &Url) -> Result<Self, Failure> {
        // An address of numbers is no domain of mail; `localhost` is one.
        let domain = base_url.domain().unwrap_or("localhost").to_owned();
        let from = match &flags.mail_from {
            Some(from) => from.clone(),
            None => default_sender(&domain)?,
        };
        let way = match &flags.smtp_url {
            Some(url) if flags.insecure_smtp || is_safe(url) => Way::Server(server(url)?),
            Some(_) => {
                return Err(Failure::Setting(
                    "--smtp-url names a mail server on another machine without TLS, and mails hold links that sign people in: use \
                     smtps://, or smtp://..?tls=required for STARTTLS, or give --insecure-smtp if you trust the network between"
                        .to_owned(),
                ));
            }
            None => Way::Folder(flags.data_dir.join("mail")),
        };
        Ok(Self { from, domain, way, limit: Duration::from_secs(flags.smtp_timeout.into()) })
    }

    /// The same with another limit, for tests.
    #[cfg(test)]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Delivers a letter. Delivering it twice leaves one file, or two mails with one id.
    ///
    /// A server may be silent at any step, or answer a byte at a time, and lettre's own limit is for connecting alone; so
    /// the whole delivery has one.
    pub async fn deliver(&self, letter: &Letter, now: Timestamp) -> Result<(), Undelivered> {
        let message = self.write(letter, now)?;
        let delivery = async {
            match &self.way {
                Way::Server(server) => {
                    let connection = server.connection().await.map_err(Undelivered::Connection)?;
                    server.send(connection, &message).await?;
                }
                Way::Folder(folder) => {
                    let (folder, name, text) = (folder.clone(), letter.id.to_string(), message.formatted());
                    // Waiting for a disk is not for the threads that answer requests.
                    let written = tokio::task::spawn_blocking(move || write_whole(&folder, &name, &text)).await;
                    written.map_err(io::Error::other).flatten()?;
                }
            }
            Ok::<_, Undelivered>(())
        };
        let delivered = tokio::time::timeout(self.limit, delivery).await;
        delivered.unwrap_or(Err(Undelivered::TooSlow(self.limit.as_secs())))
    }

    /// There is nothing to send for a while.
    pub async fn rest(&self) {
        if let Way::Server(server) = &self.way {
            server.rest().await;
        }
    }

    /// The types of lettre take no line break into a header, so no text can add one; a subject is one line before (see [`header_text`]).
    fn write(&self, letter: &Letter, now: Timestamp) -> Result<Message, Undelivered> {
        let unwritten = |error: &dyn std::fmt::Display| Undelivered::Letter(error.to_string());
        let to: Mailbox = letter.to.parse().map_err(|error: lettre::address::AddressError| unwritten(&error))?;
        let not_a_person = HeaderName::new_from_ascii_str("Auto-Submitted");
        let mut builder = Message::builder().from(self.from(letter.reseller.as_deref())).to(to);
        // An address that is none costs the answer, not the letter.
        if let Some(Ok(reply_to)) = letter.reply_to.as_deref().map(str::parse) {
            builder = builder.reply_to(Mailbox::new(None, reply_to));
        }
        builder
            .subject(header_text(&letter.subject))
            .date(now.into())
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .raw_header(HeaderValue::new(not_a_person, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(self.body(letter))
            .map_err(|error| unwritten(&error))
    }

    /// Our own address, always: a mail server vouches for no other. A reseller stands beside it as the name by which its customers know it.
    fn from(&self, reseller: Option<&str>) -> Mailbox {
        let own = self.from.name.as_deref().unwrap_or("Keyhouse");
        let name = reseller.map(|name| format!("{} via {own}", cut(&header_text(name))));
        Mailbox { name: name.or_else(|| self.from.name.clone()), email: self.from.email.clone() }
    }

    /// What travels is encoded as the way needs it; a file is read by people and stays as it is.
    fn body(&self, letter: &Letter) -> Body {
        match &self.way {
            Way::Server(_) => Body::new(letter.text.clone()),
            Way::Folder(_) => {
                let lines = letter.text.lines().flat_map(|line| [line, "\r\n"]);
                Body::dangerous_pre_encoded(lines.collect::<String>().into(), ContentTransferEncoding::EightBit)
            }
        }
    }
}

/// No more of a name than a list of mails shows, so that what stands behind it is seen as well.
fn cut(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().count() <= MOST {
        name.to_owned()
    } else {
        name.chars().take(MOST - 1).chain(['\u{2026}']).collect()
    }
}

/// What was typed as a header holds it, in a subject or a name: one line, and text whatever it looks like. What somebody typed as `=?utf-8?q?..?=` would else be
/// read as the letters that it stands for; an invisible sign between the two keeps it as it was typed.
fn header_text(typed: &str) -> String {
    text::one_line(typed).replace("=?", "=\u{2060}?")
}

fn default_sender(domain: &str) -> Result<Mailbox, Failure> {
    let sender = format!("Keyhouse <keyhouse@{domain}>").parse();
    sender.map_err(|error| Failure::Setting(format!("no mail can come from {domain} ({error}); give --mail-from")))
}

/// Whether mails to that server are read by nobody else: over TLS, or on this machine. What is no address is told later.
fn is_safe(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return true };
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => true,
    };
    here || url.scheme() != "smtp" || url.query_pairs().any(|(name, value)| name == "tls" && value == "required")
}

fn server(url: &str) -> Result<MailServer, Failure> {
    // The address may hold a password, so it is not repeated.
    MailServer::from_url(url)
        .map_err(|error| Failure::Setting(format!("--smtp-url is not the address of a mail server: {error}")))
}

/// Writes a file that is there whole or not at all, also when the disk is full or the power fails.
fn write_whole(folder: &Path, name: &str, text: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.eml")));
    let written = (|| {
        let mut file = File::create(&part)?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&part, &whole)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        // What is left of it would only take room; it is written anew at the next try.
        fs::remove_file(&part).ok();
    }
    written
}

#[cfg(test)]
mod tests;
