//! What the operator may set: flags, or environment variables, all optional.

mod keep;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Args, builder::FalseyValueParser};
use domain::contacts::ACTIVATION_HOURS;
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use service::{Settings, clock::Clock};
use store::Watch;
use url::{Host, Url};

pub use self::keep::KeepFlags;
use crate::{Failure, accept::ConnectionFlags, fail_point, payments::stripe::StripeFlags};

/// How many seconds longer a mail is claimed than its delivery may take: what became of it has to be noted, too.
const SPARE: i64 = 240;

/// The settings as they were given.
#[derive(Args, Clone)]
#[command(next_help_heading = "Settings, good for every command")]
pub struct Flags {
    /// Where to listen
    #[arg(long, global = true, env = "KEYHOUSE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// The address that people use, without a path; links in mails start with it [default: http://ADDR]
    #[arg(long, global = true, env = "KEYHOUSE_BASE_URL")]
    pub base_url: Option<Url>,
    /// sqlite:FILE or postgres://.. ; a file without a folder lies in the data folder [default: sqlite:keyhouse.db]
    #[arg(long, global = true, env = "KEYHOUSE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Allow a database on another machine without TLS that proves who answers (sslmode=verify-full)
    #[arg(long, global = true, env = "KEYHOUSE_INSECURE_DATABASE", value_parser = FalseyValueParser::new())]
    pub insecure_database: bool,
    /// The mail server, as in smtps://user:password@mail.example; without it, mails become files in the data folder
    #[arg(long, global = true, env = "KEYHOUSE_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// How many seconds the mail server has to take one mail, from the first word to the last
    #[arg(long, global = true, env = "KEYHOUSE_SMTP_TIMEOUT", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub smtp_timeout: u32,
    /// Allow a mail server on another machine without TLS (smtp:// without ?tls=required)
    #[arg(long, global = true, env = "KEYHOUSE_INSECURE_SMTP", value_parser = FalseyValueParser::new())]
    pub insecure_smtp: bool,
    /// The folder of the database and of mails without a mail server
    #[arg(long, global = true, env = "KEYHOUSE_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// The file of the key that secrets in the database are sealed with; made once, readable by its owner alone. Without it nobody
    /// with a second factor can sign in: keep a copy, apart from those of the database [default: keyhouse.key in the data folder]
    #[arg(long, global = true, env = "KEYHOUSE_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// The sender of all mails [default: Keyhouse <keyhouse@HOST>, the host of the base address]
    #[arg(long, global = true, env = "KEYHOUSE_MAIL_FROM")]
    pub mail_from: Option<Mailbox>,
    /// Payments by card.
    #[command(flatten)]
    pub stripe: StripeFlags,
    /// How long an activation link lives
    #[arg(long, global = true, env = "KEYHOUSE_ACTIVATION_HOURS", default_value_t = ACTIVATION_HOURS)]
    pub activation_hours: u32,
    /// How many tries to sign in one network address has in a minute
    #[arg(long, global = true, env = "KEYHOUSE_SIGN_INS_PER_MINUTE", default_value_t = Settings::default().sign_ins_per_minute)]
    pub sign_ins_per_minute: u32,
    /// How many applications as a reseller one network address may send in an hour
    #[arg(long, global = true, env = "KEYHOUSE_APPLICATIONS_PER_HOUR", default_value_t = Settings::default().applications_per_hour)]
    pub applications_per_hour: u32,
    /// How many mails may be sent to one address in an hour by those who press Resend or Send details
    #[arg(long, global = true, env = "KEYHOUSE_MAILS_PER_HOUR", default_value_t = Settings::default().mails_per_hour)]
    pub mails_per_hour: u32,
    /// What is over.
    #[command(flatten)]
    pub keep: KeepFlags,
    /// How many requests one network address may make in a second; 0 is without a limit
    #[arg(long, global = true, env = "KEYHOUSE_REQUESTS_PER_SECOND", default_value_t = 100)]
    pub requests_per_second: u32,
    /// A proxy stands in front and adds X-Forwarded-For: take the network address from there, and only then
    #[arg(long, global = true, env = "KEYHOUSE_TRUSTED_PROXY", value_parser = FalseyValueParser::new())]
    pub trusted_proxy: bool,
    /// Connections.
    #[command(flatten)]
    pub connections: ConnectionFlags,
    /// What to log, as in info or server=debug,warn
    #[arg(long, global = true, env = "KEYHOUSE_LOG", default_value = "info")]
    pub log: String,
    /// For tests: allow the time to come from a file, and the program to be killed at a step
    #[arg(long, global = true)]
    pub test_clock: bool,
    /// For tests: the file that the time comes from (RFC 3339), read at every use; refused without --test-clock
    #[arg(long, global = true, env = "KEYHOUSE_CLOCK_FILE")]
    pub clock_file: Option<PathBuf>,
    /// For tests: the file that names the step of a transaction at which the program kills itself (see
    /// server/src/fail_point.rs); refused without --test-clock
    #[arg(long, global = true, env = "KEYHOUSE_FAIL_FILE")]
    pub fail_file: Option<PathBuf>,
}

impl Flags {
    /// The address that people use, without a slash at the end, once it is known where we listen.
    ///
    /// # Errors
    /// When it is no http or https address, or has a path.
    pub fn base_url(&self, listening: SocketAddr) -> Result<Url, Failure> {
        let url = match &self.base_url {
            Some(url) => url.clone(),
            None => Url::parse(&format!("http://{listening}")).map_err(|error| Failure::Setting(error.to_string()))?,
        };
        let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.has_host();
        if !(plain && matches!(url.scheme(), "http" | "https")) {
            let wrong = format!("--base-url has to look like https://keys.example, without a path; it is {url}");
            return Err(Failure::Setting(wrong));
        }
        Ok(url)
    }

    /// What of the settings says that others than this machine come here.
    pub fn reached_from_elsewhere(&self) -> Option<String> {
        let here = |url: &Url| match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => true,
        };
        if !self.addr.ip().is_loopback() {
            return Some(self.addr.to_string());
        }
        if self.trusted_proxy {
            return Some("what stands behind --trusted-proxy".to_owned());
        }
        self.base_url.as_ref().filter(|url| !here(url)).map(Url::to_string)
    }

    /// Where the database is. A relative file without a folder lies in the data folder.
    pub fn database_url(&self) -> String {
        let given = self.database_url.as_deref().unwrap_or("sqlite:keyhouse.db");
        match given.strip_prefix("sqlite:").map(|file| file.strip_prefix("//").unwrap_or(file)) {
            Some(file) if !file.contains(['/', ':']) => {
                format!("sqlite:{}", Path::new(&as_in_address(&self.data_dir.to_string_lossy())).join(file).display())
            }
            _ => given.to_owned(),
        }
    }

    /// For commands that only look: a folder or a file that is not there is a typing error, and nothing is made of it.
    ///
    /// # Errors
    /// When the file of the database is not there.
    pub fn must_be_there(&self) -> Result<(), Failure> {
        match self.database_file() {
            Some(file) if !file.exists() => {
                Err(Failure::Setting(format!("there is no database at {}; is the data folder right?", file.display())))
            }
            _ => Ok(()),
        }
    }

    /// The file of the database, where it is one.
    pub fn database_file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        let file = url.strip_prefix("sqlite:").map(|file| file.strip_prefix("//").unwrap_or(file))?;
        let file = file.split('?').next().filter(|file| !file.contains(":memory:"))?;
        Some(percent_decode_str(file).decode_utf8_lossy().into_owned().into())
    }

    /// Refuses to speak with a database elsewhere in the clear, or with whoever answers in its place.
    ///
    /// # Errors
    /// When the way is not safe, and that is not meant.
    pub fn check_way_to_database(&self) -> Result<(), Failure> {
        match store::unverified_host(&self.database_url())? {
            Some(host) if !self.insecure_database => Err(Failure::Setting(format!(
                "the database at {host} is not on this machine, and nothing proves that it is the one that answers: add \
                 ?sslmode=verify-full to --database-url (and &sslrootcert=FILE where its certificate is of your own authority), \
                 or give --insecure-database if you trust the network between"
            ))),
            _ => Ok(()),
        }
    }

    /// Where the key is that secrets are sealed with.
    pub fn key_file(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data_dir.join("keyhouse.key"))
    }

    /// Where the time comes from.
    ///
    /// # Errors
    /// When a file is given without `--test-clock`: nobody should hold the clock by accident.
    pub fn clock(&self) -> Result<Clock, Failure> {
        match &self.clock_file {
            None => Ok(Clock::real()),
            Some(file) if self.test_clock => Ok(Clock::file(file.clone())),
            Some(_) => Err(Failure::Setting(
                "KEYHOUSE_CLOCK_FILE takes the time from a file, which is for tests only: give --test-clock as well"
                    .to_owned(),
            )),
        }
    }

    /// Who kills the program, and when.
    ///
    /// # Errors
    /// When a file is given without `--test-clock`: nobody should die by accident.
    pub fn fail_point(&self) -> Result<Option<Watch>, Failure> {
        match &self.fail_file {
            None => Ok(None),
            Some(file) if self.test_clock => Ok(Some(fail_point::watch(file.clone()))),
            Some(_) => Err(Failure::Setting(
                "KEYHOUSE_FAIL_FILE kills the program, which is for tests only: give --test-clock as well".to_owned(),
            )),
        }
    }

    /// What the deeds need to know of all this.
    pub fn for_service(&self, base_url: &Url, demo: bool) -> Settings {
        Settings {
            base_url: base_url.as_str().trim_end_matches('/').to_owned(),
            activation_hours: self.activation_hours,
            keep_sent_mail: self.smtp_url.is_none(),
            mail_claim: chrono::Duration::seconds(i64::from(self.smtp_timeout) + SPARE),
            keep: self.keep.for_service(),
            mails_per_hour: self.mails_per_hour,
            demo,
            sign_ins_per_minute: self.sign_ins_per_minute,
            applications_per_hour: self.applications_per_hour,
            ..Settings::default()
        }
    }
}

/// The address of a database in that file.
pub fn sqlite_url(file: &str) -> String {
    format!("sqlite:{}", as_in_address(file))
}

/// A path as it stands in an address, where some signs mean something else.
fn as_in_address(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

#[cfg(test)]
mod tests;
