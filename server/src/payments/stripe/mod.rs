//! Cards by Stripe's hosted checkout: we open a session, the payer pays on Stripe's page, and Stripe tells us by a
//! signed webhook. No number of a card ever comes near us.
//!
//! One file for each thought: [`amount`] what Stripe counts money in, `ask` what we send, `client` how it is sent and sent
//! again, `read` what stands in the answers, `signature` whether it is Stripe who tells us something, `event` what is told,
//! [`webhook`] the address for it, `flags` the settings.

pub mod amount;
mod ask;
mod client;
mod event;
mod flags;
mod read;
mod signature;
pub mod webhook;

use std::fmt;

pub use client::Patience;
use domain::Timestamp;
pub use event::Unheard;
pub use flags::{Secret, StripeFlags};
use http::HeaderMap;
use service::card::{Answer, Asked, CardCheckout, Event, Looked, RefundAsked, Refunded, Session};
use uuid::Uuid;

use self::{client::Client, read::read};
use crate::Failure;

/// The Stripe account of the operator.
pub struct Stripe {
    client: Client,
    webhook_secret: Secret,
}

impl Stripe {
    /// The account of the settings; without keys there is none.
    ///
    /// # Errors
    /// A sentence without the key when a setting is wrong, or one of the two is missing.
    pub fn from_flags(flags: &StripeFlags) -> Result<Option<Self>, Failure> {
        Self::patient(flags, Patience::default())
    }

    /// As [`Stripe::from_flags`], waiting differently.
    ///
    /// # Errors
    /// As there.
    pub fn patient(flags: &StripeFlags, patience: Patience) -> Result<Option<Self>, Failure> {
        let Some(keys) = flags.keys()? else { return Ok(None) };
        let client = Client::new(keys.url, &keys.secret, patience)?;
        Ok(Some(Self { client, webhook_secret: keys.webhook_secret }))
    }

    /// What Stripe tells us, once it is proved that it is Stripe. `None` for what is nothing to us: other kinds of events, and
    /// those of other shops on the same Stripe account.
    ///
    /// # Errors
    /// [`Unheard`]: the proof is missing or wrong, or the event cannot be read.
    pub fn hear(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Option<Event>, Unheard> {
        signature::prove(headers, body, &self.webhook_secret, now)?;
        event::read(body)
    }
}

/// Without the keys.
impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stripe").field("at", &self.client.origin()).finish_non_exhaustive()
    }
}

impl CardCheckout for Stripe {
    fn open<'a>(&'a self, asked: &'a Asked) -> Answer<'a, Session> {
        Box::pin(async move {
            let form = ask::session(asked)?;
            let answer = self.client.post(&["checkout", "sessions"], &form, &format!("open-{}", asked.key)).await?;
            read::<read::Session>(&answer)?.opened()
        })
    }

    fn look<'a>(&'a self, session: &'a str) -> Answer<'a, Looked> {
        Box::pin(async move {
            let answer = self.client.get(&["checkout", "sessions", session], &ask::with_intent()).await?;
            read::<read::Session>(&answer)?.looked()
        })
    }

    fn close<'a>(&'a self, session: &'a str, key: Uuid) -> Answer<'a, Looked> {
        Box::pin(async move {
            let path = ["checkout", "sessions", session, "expire"];
            let answer = self.client.post(&path, &ask::with_intent(), &format!("close-{key}")).await?;
            read::<read::Session>(&answer)?.looked()
        })
    }

    fn refund<'a>(&'a self, asked: &'a RefundAsked) -> Answer<'a, Refunded> {
        Box::pin(async move {
            let form = ask::refund(asked)?;
            let answer = self.client.post(&["refunds"], &form, &format!("refund-{}", asked.key)).await?;
            Ok(read::<read::Refund>(&answer)?.refunded())
        })
    }
}
