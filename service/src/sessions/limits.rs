//! How often somebody may try: to sign in, to ask for a link, to apply.

use std::{num::NonZeroU32, sync::Arc};

use domain::ContactId;
use governor::Quota;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    AGAIN_SECONDS, Error,
    limiter::Limiter,
    network::network,
    security_log::{self, Who},
    tokens,
};

/// How often somebody may try to come in: per network, and per name from that network. Wrong passwords in a row are counted apart
/// (`throttle.rs`).
pub struct Limits {
    by_address: Limiter<String>,
    by_name: Limiter<String>,
    forgotten: Limiter<String>,
    links: Limiter<String>,
    applications: Limiter<String>,
    judged: Limiter<ContactId>,
    /// Forgotten passwords that were answered and wait to be looked up.
    answered: Arc<Semaphore>,
}

/// How many mails with a link somebody can have sent to one name in an hour, and by the old links of one person.
const FORGOTTEN_AN_HOUR: NonZeroU32 = NonZeroU32::new(5).expect("five is not nought");
/// How many new passwords of one person are judged in a minute. It takes long to judge a hostile one.
const JUDGED_A_MINUTE: NonZeroU32 = NonZeroU32::new(60).expect("sixty is not nought");
/// How many forgotten passwords may wait to be looked up. Each takes a transaction that writes, also for a name that nobody has.
const ANSWERED: usize = 50;

impl Limits {
    /// So many tries to sign in a minute from one network, ten of them for one name, and as many links followed; so many
    /// applications an hour from one network, and for one person.
    pub fn new(per_minute: u32, applications_per_hour: u32) -> Self {
        let applications = NonZeroU32::new(applications_per_hour).unwrap_or(NonZeroU32::MIN);
        let quota = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            by_address: Limiter::new(quota(per_minute)),
            by_name: Limiter::new(quota(per_minute.min(10))),
            forgotten: Limiter::new(Quota::per_hour(FORGOTTEN_AN_HOUR)),
            links: Limiter::new(quota(per_minute)),
            applications: Limiter::new(Quota::per_hour(applications)),
            judged: Limiter::new(Quota::per_minute(JUDGED_A_MINUTE)),
            answered: Arc::new(Semaphore::new(ANSWERED)),
        }
    }

    /// One more password forgotten (A7); the same whether somebody has that name or not. Gives a place among those who wait, to be kept
    /// until it has been looked up.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many wait, which is counted for nobody; [`Error::TooMany`].
    pub(crate) fn forgot_again(&self, address: &str, name: &str) -> Result<OwnedSemaphorePermit, Error> {
        let place = self.answered.clone().try_acquire_owned().map_err(|_| Error::Busy { seconds: AGAIN_SECONDS })?;
        if self.by_address.check(&network(address)).is_err() {
            return Err(hit(address, "forgotten", 60));
        }
        let again = self.forgotten.check(&tokens::hash(&name.trim().to_lowercase()));
        again.map(|()| place).map_err(|_| hit(address, "forgotten", 15 * 60))
    }

    /// Gives back what [`Limits::forgot_again`] has let through: no link was made, since the database failed.
    pub(crate) fn forgot_nothing(&self, address: &str, name: &str) {
        self.by_address.give_back(network(address));
        self.forgotten.give_back(tokens::hash(&name.trim().to_lowercase()));
    }

    /// One more new link asked for by an old one (A5): of the person whose that is, or of the token when it is none.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn link_again(&self, address: &str, whose: &str) -> Result<(), Error> {
        let again = self.forgotten.check(&tokens::hash(&format!("link {whose}")));
        again.map_err(|_| hit(address, "new link", 15 * 60))
    }

    /// One more link followed, or guessed (A5, A7).
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn follow_again(&self, address: &str) -> Result<(), Error> {
        self.links.check(&network(address)).map_err(|_| hit(address, "link", 60))
    }

    /// One more sign-in from a network. How often one name may be tried from there, `throttle.rs` counts.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn sign_in_again(&self, address: &str) -> Result<(), Error> {
        self.by_address.check(&network(address)).map_err(|_| hit(address, "sign_in", 60))
    }

    /// One more new password to be judged that somebody who is signed in has typed. It is counted before, since judging takes long
    /// whatever comes of it, and apart from the tries of the current password, none of which is used up by a bad new one.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn judge_again(&self, address: &str, contact: ContactId) -> Result<(), Error> {
        self.judged.check(&contact).map_err(|_| hit(address, "new password", 60))
    }

    /// One more try of something else that one name has few of: a code, a link.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn try_again(&self, address: &str, name: &str) -> Result<(), Error> {
        let network = network(address);
        // Of each network on its own: a stranger does not use up the tries of the name's holder.
        let name = tokens::hash(&format!("{network} {}", name.trim().to_lowercase()));
        let tries = [self.by_address.check(&network), self.by_name.check(&name)];
        if tries.iter().all(Result::is_ok) { Ok(()) } else { Err(hit(address, "sign_in", 60)) }
    }

    /// One more application (A3). Each brings a mail to an address that somebody typed.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub(crate) fn apply_again(&self, address: &str, email: &str) -> Result<(), Error> {
        let email = tokens::hash(&email.to_lowercase());
        let tries = [self.applications.check(&network(address)), self.applications.check(&email)];
        if tries.iter().all(Result::is_ok) { Ok(()) } else { Err(hit(address, "application", 360)) }
    }
}

/// Logs that a limit was hit, and refuses.
fn hit(address: &str, limit: &str, seconds: u64) -> Error {
    security_log::event("limit.hit", address, Who::Unknown, limit);
    Error::TooMany { seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_the_eleventh_try_for_one_name_within_a_minute_has_to_wait() {
        let limits = Limits::new(30, 10);
        for _ in 0..10 {
            assert!(limits.try_again("192.0.2.1", "anna").is_ok());
        }
        assert!(matches!(limits.try_again("192.0.2.1", " ANNA "), Err(Error::TooMany { .. })));
        assert!(limits.try_again("192.0.2.1", "berta").is_ok());
        assert!(limits.try_again("192.0.2.2", "anna").is_ok(), "another network has tries of its own");
    }

    #[test]
    fn a6_a_network_of_ipv6_addresses_has_the_tries_of_one() {
        let limits = Limits::new(30, 10);
        for at in 0..30 {
            assert!(limits.try_again(&format!("2001:db8::{at:x}"), &format!("name {at}")).is_ok());
        }
        assert!(matches!(limits.try_again("2001:db8::ffff", "another"), Err(Error::TooMany { .. })));
        assert!(limits.try_again("2001:db8:0:1::1", "another").is_ok());
        let applied: Vec<_> = (0..12)
            .map(|at| limits.apply_again(&format!("2001:db8::{at:x}"), &format!("{at}@x.example")).is_ok())
            .collect();
        assert_eq!(applied.iter().filter(|taken| **taken).count(), 10, "A3");
    }

    #[test]
    fn a3_the_eleventh_application_from_one_address_or_for_one_person_within_an_hour_has_to_wait() {
        let limits = Limits::new(30, 10);
        for at in 0..10 {
            assert!(limits.apply_again("192.0.2.1", &format!("{at}@initech.example")).is_ok());
            assert!(limits.apply_again(&format!("198.51.100.{at}"), "ida@initech.example").is_ok());
        }
        assert!(matches!(limits.apply_again("192.0.2.1", "new@initech.example"), Err(Error::TooMany { .. })));
        assert!(matches!(limits.apply_again("192.0.2.2", "IDA@initech.example"), Err(Error::TooMany { .. })));
        assert!(limits.apply_again("192.0.2.2", "other@initech.example").is_ok());
    }
}
