//! How many mails people may have sent by pressing a button: nobody floods the mailbox of a stranger from here.

use std::num::NonZeroU32;

use domain::{AccountId, Refusal};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::tokens;

/// How many times as many mails an account may have sent in all as to one address.
const ADDRESSES: u32 = 50;

/// How many mails go out in an hour: to one address, and for one account.
pub struct MailLimits {
    to_one: u32,
    to: DefaultKeyedRateLimiter<String>,
    of: DefaultKeyedRateLimiter<AccountId>,
}

impl MailLimits {
    /// So many to one address.
    pub fn new(per_hour: u32) -> Self {
        let quota = |n: u32| Quota::per_hour(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            to_one: per_hour,
            to: RateLimiter::keyed(quota(per_hour)),
            of: RateLimiter::keyed(quota(per_hour.saturating_mul(ADDRESSES))),
        }
    }

    /// One more mail to that address, because somebody of that account wants it sent.
    ///
    /// # Errors
    /// [`Refusal::MailsToOne`] or [`Refusal::MailsOfAccount`].
    pub(crate) fn one_more(&self, account: AccountId, to: &str) -> Result<(), Refusal> {
        self.to.retain_recent();
        self.of.retain_recent();
        let minutes =
            |left: &governor::NotUntil<_>| left.wait_time_from(DefaultClock::default().now()).as_secs() / 60 + 1;
        self.of.check_key(&account).map_err(|left| Refusal::MailsOfAccount {
            limit: self.to_one.saturating_mul(ADDRESSES),
            minutes: minutes(&left),
        })?;
        self.to.check_key(&tokens::hash(&to.to_lowercase())).map_err(|left| Refusal::MailsToOne {
            to: to.to_owned(),
            limit: self.to_one,
            minutes: minutes(&left),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u128) -> AccountId {
        uuid::Uuid::from_u128(number).into()
    }

    #[test]
    fn x2_the_fourth_mail_to_one_address_within_an_hour_is_refused_whoever_has_it_sent() {
        let limits = MailLimits::new(3);
        for at in 0..3 {
            assert_eq!(limits.one_more(account(at), "anna@northwind.example"), Ok(()));
        }
        let refused = limits.one_more(account(9), "ANNA@northwind.example").expect_err("too many");
        let Refusal::MailsToOne { to, limit: 3, minutes } = refused else { panic!("{refused:?}") };
        assert_eq!((to.as_str(), minutes), ("ANNA@northwind.example", 20));
        assert_eq!(limits.one_more(account(9), "lee@contoso.example"), Ok(()));
    }

    #[test]
    fn x2_an_account_has_a_limit_in_all() {
        let limits = MailLimits::new(1);
        for at in 0..ADDRESSES {
            assert_eq!(limits.one_more(account(1), &format!("{at}@many.example")), Ok(()));
        }
        let refused = limits.one_more(account(1), "one-more@many.example");
        assert!(matches!(refused, Err(Refusal::MailsOfAccount { limit: ADDRESSES, .. })), "{refused:?}");
        assert_eq!(limits.one_more(account(2), "one-more@many.example"), Ok(()));
    }
}
