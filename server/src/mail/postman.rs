//! Takes a letter to the mail server, or puts it as a file into the data folder.

use std::{path::PathBuf, time::Duration};

use domain::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use service::mail::Letter;
use url::Url;

use crate::{Failure, settings::Flags};

/// A mail server that takes longer than this has not taken the letter.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who sends, and by which way.
pub struct Postman {
    from: Mailbox,
    /// What stands behind the @ of all that we name ourselves.
    domain: String,
    way: Way,
}

enum Way {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why a letter could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum Undelivered {
    /// The address is none, or the letter cannot be written.
    #[error("the letter cannot be written: {0}")]
    Letter(String),
    /// The mail server did not take it.
    #[error("the mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// The folder did not take it.
    #[error("the mail folder: {0}")]
    Folder(#[from] std::io::Error),
}

impl Undelivered {
    /// Whether every other try would fail as well: the address is none, or the server will never take this letter. That it
    /// does not know us is no such reason, since it says so of every letter until the settings are right.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Letter(_) => true,
            Self::Server(error) => {
                let code = error.status().map(u16::from);
                error.is_permanent() && !matches!(code, Some(530 | 534 | 535 | 538))
            }
            Self::Folder(_) => false,
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
            Some(url) => Way::Server(server(url)?),
            None => Way::Folder(flags.data_dir.join("mail")),
        };
        Ok(Self { from, domain, way })
    }

    /// Delivers a letter. Delivering it twice leaves one file, or two mails with one id.
    pub async fn deliver(&self, letter: &Letter, now: Timestamp) -> Result<(), Undelivered> {
        let message = self.write(letter, now)?;
        match &self.way {
            Way::Server(server) => {
                server.send(message).await?;
            }
            Way::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                tokio::fs::write(folder.join(format!("{}.eml", letter.id)), message.formatted()).await?;
            }
        }
        Ok(())
    }

    /// The types of lettre take no line break into a header, so no text can add one.
    fn write(&self, letter: &Letter, now: Timestamp) -> Result<Message, Undelivered> {
        let unwritten = |error: &dyn std::fmt::Display| Undelivered::Letter(error.to_string());
        let to: Mailbox = letter.to.parse().map_err(|error: lettre::address::AddressError| unwritten(&error))?;
        let not_a_person = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .date(now.into())
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .raw_header(HeaderValue::new(not_a_person, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(self.body(letter))
            .map_err(|error| unwritten(&error))
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

fn default_sender(domain: &str) -> Result<Mailbox, Failure> {
    let sender = format!("Keyhouse <keyhouse@{domain}>").parse();
    sender.map_err(|error| Failure::Setting(format!("no mail can come from {domain} ({error}); give --mail-from")))
}

fn server(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failure> {
    // The address may hold a password, so it is not repeated.
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map_err(|error| Failure::Setting(format!("--smtp-url is not the address of a mail server: {error}")))?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

#[cfg(test)]
mod tests;
