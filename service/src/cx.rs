//! What every deed is handed: the service, who acts, and where the request came from.

use std::sync::{Arc, OnceLock};

use chrono::Duration;
use domain::{Actor, Deed, RequestId, Scope, Timestamp, accounts::Kind};
use store::{Store, Tx};
use tokio::sync::Notify;

use crate::{
    Closing, Error,
    afterwards::Afterwards,
    card::CardCheckout,
    cleanup::Keep,
    clock::Clock,
    contacts::names::NameProbes,
    export::Downloads,
    hashing::Hasher,
    live::Live,
    mail::{MailLimits, Sender},
    random::Random,
    sealing::Sealing,
    security_log::{self, Refusals, Who},
    sessions::{Limits, Turns, Uses},
};

/// All that deeds need of the world.
pub struct Service {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Chance.
    pub random: Random,
    /// What the operator has set.
    pub settings: Settings,
    /// Hashes passwords, a few at a time.
    pub hasher: Hasher,
    /// How often somebody may try to come in.
    pub limits: Limits,
    /// How many mails people may have sent.
    pub mail_limits: MailLimits,
    /// Which names people were told to be taken.
    pub(crate) name_probes: NameProbes,
    /// How many files people have taken home lately.
    pub(crate) downloads: Downloads,
    /// Which refused rights were logged a short while ago.
    pub(crate) refusals: Refusals,
    /// Whose password is being looked at.
    pub(crate) turns: Turns,
    /// The key for counting tries and knowing browsers again, once it was read.
    pub(crate) sign_in_key: OnceLock<[u8; 32]>,
    /// Which sessions were used, until it is noted.
    pub uses: Uses,
    /// Tells open pages that something has changed.
    pub live: Live,
    /// Rung when mail waits.
    pub post: Arc<Notify>,
    /// What goes on after its answer was given.
    pub afterwards: Afterwards,
    /// Whether it is time to stop: asked between two parts of what takes long.
    pub closing: Closing,
}

/// What the operator has set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of this installation, without a slash at the end; links in mails start with it.
    pub base_url: String,
    /// A5: how long an activation link lives.
    pub activation_hours: u32,
    /// Mail goes to files, so that its text stays readable on the mail page.
    pub keep_sent_mail: bool,
    /// How long a mail is its sender's alone: longer than any delivery takes, since a mail whose claim ends earlier is sent twice.
    pub mail_claim: Duration,
    /// For how long is kept what is over.
    pub keep: Keep,
    /// How many mails somebody may have sent to one address in an hour, by pressing a button.
    pub mails_per_hour: u32,
    /// This is a demo, and every page says so.
    pub demo: bool,
    /// Tries to sign in per minute and address before it has to wait, and as many links of mails followed.
    pub sign_ins_per_minute: u32,
    /// A3: applications per hour and address before it has to wait.
    pub applications_per_hour: u32,
    /// How hard a password is to hash: memory in KiB and rounds of Argon2id.
    pub argon2: (u32, u32),
    /// B7: who takes payments by card; without it, they are not offered.
    pub card: Option<Arc<dyn CardCheckout>>,
    /// The key that secrets are sealed with, once it has been read.
    pub sealing: Sealing,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:3000".to_owned(),
            activation_hours: domain::contacts::ACTIVATION_HOURS,
            keep_sent_mail: true,
            mail_claim: Duration::minutes(5),
            keep: Keep::default(),
            mails_per_hour: 10,
            demo: false,
            sign_ins_per_minute: 30,
            applications_per_hour: 10,
            argon2: (19 * 1024, 2),
            card: None,
            sealing: Sealing::default(),
        }
    }
}

/// Where a request came from, for the audit log.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The network address.
    pub address: String,
    /// What the browser says it is.
    pub browser: String,
    /// The cookie by which a browser is known again, as it came (A6).
    pub device: Option<String>,
    /// The request.
    pub request: RequestId,
}

/// One person's request: the first argument of every deed.
#[derive(Clone)]
pub struct Cx {
    /// The world.
    pub service: Arc<Service>,
    /// Who acts.
    pub actor: Actor,
    /// From where.
    pub origin: Origin,
}

impl Origin {
    /// Somebody at the machine itself.
    pub fn command_line(service: &Service) -> Self {
        Self {
            address: "local".to_owned(),
            browser: "command line".to_owned(),
            device: None,
            request: service.random.uuid().into(),
        }
    }
}

impl Origin {
    /// What comes due by itself.
    pub(crate) fn clockwork(service: &Service) -> Self {
        Self { browser: "clockwork".to_owned(), ..Self::command_line(service) }
    }
}

impl Service {
    /// A service on an open store.
    pub fn new(store: Store, clock: Clock, random: Random, settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            hasher: Hasher::new(settings.argon2),
            limits: Limits::new(settings.sign_ins_per_minute, settings.applications_per_hour),
            mail_limits: MailLimits::new(settings.mails_per_hour),
            name_probes: NameProbes::default(),
            downloads: Downloads::default(),
            refusals: Refusals::default(),
            turns: Turns::default(),
            sign_in_key: OnceLock::new(),
            uses: Uses::default(),
            live: Live::default(),
            post: Arc::new(Notify::new()),
            afterwards: Afterwards::default(),
            closing: Closing::default(),
            store,
            clock,
            random,
            settings,
        })
    }
}

impl Cx {
    /// The request of `actor`.
    pub fn new(service: Arc<Service>, actor: Actor, origin: Origin) -> Self {
        Self { service, actor, origin }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.service.clock.now()
    }

    /// The part of the data that the actor may reach.
    pub fn scope(&self) -> Scope {
        self.actor.scope()
    }

    /// Whether the actor may do that.
    ///
    /// # Errors
    /// [`Error::Due`] while something is due, otherwise [`Error::NotFound`]:
    /// what somebody may not do is not there for them.
    pub fn may(&self, deed: Deed) -> Result<(), Error> {
        match self.actor.due {
            _ if self.actor.may(deed) => Ok(()),
            Some(due) if self.actor.roles.may(deed) => Err(Error::Due(due)),
            _ => Err(self.refused(deed)),
        }
    }

    /// The answer to an actor who may not do that. It is logged, but not again and again.
    pub(crate) fn refused(&self, deed: Deed) -> Error {
        if self.service.refusals.say(self.actor.contact, deed, self.now()) {
            let (address, right) = (&self.origin.address, format!("{deed:?}"));
            security_log::event("right.refused", address, Who::Contact(self.actor.contact), &right);
        }
        Error::NotFound
    }

    /// Whether the actor may have one more mail sent to that address now. Where the database fails then, it was none.
    ///
    /// # Errors
    /// A refusal that says when it can be sent again.
    pub(crate) fn may_mail(&self, tx: &mut Tx, to: &str) -> Result<(), Error> {
        self.service.mail_limits.one_more(self.sender(), to)?;
        self.give_back_if(tx, vec![to.to_owned()], true);
        Ok(())
    }

    /// The same for the people of a table: one mail to each of these addresses, several to those that stand there several times.
    ///
    /// # Errors
    /// A refusal that says when they can be sent.
    pub(crate) fn may_mail_each<'a>(&self, tx: &mut Tx, all: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        let all: Vec<_> = all.map(ToOwned::to_owned).collect();
        self.service.mail_limits.more(self.sender(), all.iter().map(String::as_str))?;
        self.give_back_if(tx, all, false);
        Ok(())
    }

    fn give_back_if(&self, tx: &mut Tx, all: Vec<String>, one_by_one: bool) {
        let (service, sender) = (self.service.clone(), self.sender());
        tx.if_it_fails(move || service.mail_limits.give_back(sender, &all, one_by_one));
    }

    fn sender(&self) -> Sender {
        Sender { account: self.actor.account, staff: self.actor.side == Kind::Operator }
    }

    /// Whether the actor has proved a short while ago who they are: asked for by what matters, such as second factors, roles,
    /// credit limits and prices.
    ///
    /// # Errors
    /// [`Error::Unconfirmed`].
    pub fn confirmed(&self) -> Result<(), Error> {
        if self.actor.is_confirmed(self.now()) { Ok(()) } else { Err(Error::Unconfirmed) }
    }
}
