//! The mail server: how it is reached, and the connections to it, which are used for one mail after the other.
//!
//! lettre's own pool is not used: a delivery that is cut off in the middle goes back into that pool, and the next mail would
//! take the answers that were meant for it. Here a connection is only kept after a mail was taken.

use std::{borrow::Cow, sync::Mutex, time::Duration};

use lettre::{
    Message,
    transport::smtp::{
        Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Tls, TlsParameters},
        extension::ClientId,
    },
};
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use url::Url;

/// How long a server has to answer that it is there at all.
const CONNECTING: Duration = Duration::from_secs(20);
/// How long it has to say goodbye. By then it has every mail.
const GOODBYE: Duration = Duration::from_secs(2);

/// Where mail goes, and the connections that wait for the next one.
pub struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl MailServer {
    /// The server of an address like `smtps://user:password@mail.example`: `smtp` in the clear, or with `?tls=required` or
    /// `?tls=opportunistic`, or `smtps`. A path is the name by which we greet. The error never repeats the address, which may
    /// hold a password.
    pub fn from_url(url: &str) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it names no server")?.to_owned();
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone()).map_err(|error| error.to_string());
        let (tls, usual) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Tls::None, SMTP_PORT),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), SUBMISSION_PORT),
            ("smtps", _) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            _ => return Err("it begins with smtp:// or smtps://, and tls is required or opportunistic".to_owned()),
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(Cow::into_owned);
        let credentials = match url.password() {
            Some(password) => {
                let both = (decoded(url.username()), decoded(password));
                let (Ok(name), Ok(password)) = both else { return Err("the password is not UTF-8".to_owned()) };
                Some(Credentials::new(name, password))
            }
            None => None,
        };
        Ok(Self { port: url.port().unwrap_or(usual), host, tls, hello, credentials, idle: Mutex::default() })
    }

    /// Hands a mail over. Whoever drops this in the middle closes the connection, and nothing else waits for it.
    pub async fn send(&self, mut connection: AsyncSmtpConnection, message: &Message) -> Result<(), Error> {
        connection.send(message.envelope(), &message.formatted()).await?;
        self.idle().push(connection);
        Ok(())
    }

    /// Says goodbye on all connections: nothing is to be sent for a while.
    pub async fn rest(&self) {
        let idle = std::mem::take(&mut *self.idle());
        for mut connection in idle {
            // Every mail has arrived; how the server takes the goodbye does not matter.
            timeout(GOODBYE, connection.quit()).await.ok();
        }
    }

    /// One that waits and is still good, or a new one. What fails here is about the server and us, and not about a mail.
    pub async fn connection(&self) -> Result<AsyncSmtpConnection, Error> {
        loop {
            let idle = self.idle().pop();
            let Some(mut connection) = idle else { return self.connect().await };
            if connection.test_connected().await {
                return Ok(connection);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let wrapped = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let address = (self.host.as_str(), self.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECTING), &self.hello, wrapped, None);
        let mut connection = connecting.await?;
        match &self.tls {
            Tls::Required(parameters) => connection.starttls(parameters.clone(), &self.hello).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
