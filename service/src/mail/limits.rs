//! How many mails people may have sent by pressing a button: nobody floods the mailbox of a stranger from here.

use std::num::NonZeroU32;

use domain::{AccountId, Refusal};
use governor::Quota;

use crate::{
    limiter::{self, Full, Limiter},
    tokens,
};

/// How many times as many mails an account may have sent in all as to one address.
const ADDRESSES: u32 = 50;
/// How many times as many mails all accounts together may have sent to one address as one of them. A few resellers may know somebody;
/// none of them uses up what the others may have sent.
const ACCOUNTS: u32 = 3;

/// How many mails go out in an hour: to one address for one account and for all, and for one account in all.
pub struct MailLimits {
    to_one: u32,
    /// By the account and the address.
    to: Limiter<String>,
    /// By the address.
    for_all: Limiter<String>,
    of: Limiter<AccountId>,
}

/// Who has mails sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender {
    pub account: AccountId,
    /// Staff are held to the limits of their own account alone: they are few, and help whom others have flooded.
    pub staff: bool,
}

impl MailLimits {
    /// So many to one address for one account.
    pub fn new(per_hour: u32) -> Self {
        let quota = |n: u32| Quota::per_hour(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            to_one: per_hour,
            to: Limiter::new(quota(per_hour)),
            for_all: Limiter::new(quota(per_hour.saturating_mul(ACCOUNTS))),
            of: Limiter::new(quota(per_hour.saturating_mul(ADDRESSES))),
        }
    }

    /// One more mail to that address, because somebody of that account wants it sent.
    ///
    /// # Errors
    /// [`Refusal::MailsToOne`] or [`Refusal::MailsOfAccount`].
    pub(crate) fn one_more(&self, sender: Sender, to: &str) -> Result<(), Refusal> {
        self.of.check(&sender.account).map_err(|left| Refusal::MailsOfAccount {
            limit: self.to_one.saturating_mul(ADDRESSES),
            minutes: minutes(&left),
        })?;
        self.one_more_to(sender, to)
    }

    /// One more mail to each of these addresses, for a table that has as many lines as it may: an address stands there as often as
    /// its line.
    ///
    /// # Errors
    /// [`Refusal::MailsToOne`].
    pub(crate) fn more<'a>(&self, sender: Sender, all: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
        for to in all {
            self.one_more_to(sender, to)?;
        }
        Ok(())
    }

    /// Gives back what [`MailLimits::one_more`] or [`MailLimits::more`] has let through: nothing was sent, since the database failed.
    pub(crate) fn give_back(&self, sender: Sender, all: &[String], one_by_one: bool) {
        for to in all {
            let folded = to.to_lowercase();
            self.to.give_back(own(sender, &folded));
            if !sender.staff {
                self.for_all.give_back(tokens::hash(&folded));
            }
            if one_by_one {
                self.of.give_back(sender.account);
            }
        }
    }

    fn one_more_to(&self, sender: Sender, to: &str) -> Result<(), Refusal> {
        let folded = to.to_lowercase();
        let refused =
            |left: Full, limit: u32| Refusal::MailsToOne { to: to.to_owned(), limit, minutes: minutes(&left) };
        self.to.check(&own(sender, &folded)).map_err(|left| refused(left, self.to_one))?;
        if sender.staff {
            return Ok(());
        }
        let all = self.for_all.check(&tokens::hash(&folded));
        all.map_err(|left| refused(left, self.to_one.saturating_mul(ACCOUNTS)))
    }
}

/// The key of an address for one account.
fn own(sender: Sender, folded: &str) -> String {
    tokens::hash(&format!("{} {folded}", sender.account))
}

/// In how many minutes there is room for one more.
fn minutes(left: &Full) -> u64 {
    limiter::seconds(left) / 60 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reseller(number: u128) -> Sender {
        Sender { account: uuid::Uuid::from_u128(number).into(), staff: false }
    }

    fn staff() -> Sender {
        Sender { staff: true, ..reseller(0) }
    }

    #[test]
    fn x2_the_fourth_mail_to_one_address_within_an_hour_is_refused_and_nobody_elses() {
        let limits = MailLimits::new(3);
        for _ in 0..3 {
            assert_eq!(limits.one_more(reseller(1), "anna@northwind.example"), Ok(()));
        }
        let refused = limits.one_more(reseller(1), "ANNA@northwind.example").expect_err("too many");
        let Refusal::MailsToOne { to, limit: 3, minutes } = refused else { panic!("{refused:?}") };
        assert_eq!((to.as_str(), minutes), ("ANNA@northwind.example", 20));
        assert_eq!(limits.one_more(reseller(1), "lee@contoso.example"), Ok(()));
        assert_eq!(limits.one_more(reseller(2), "anna@northwind.example"), Ok(()), "another account has its own");
    }

    #[test]
    fn x2_all_accounts_together_have_a_limit_to_one_address_and_staff_are_not_held_up_by_them() {
        let limits = MailLimits::new(3);
        for at in 0..9 {
            assert_eq!(limits.one_more(reseller(at + 1), "anna@northwind.example"), Ok(()));
        }
        let refused = limits.one_more(reseller(10), "anna@northwind.example");
        assert!(matches!(refused, Err(Refusal::MailsToOne { limit: 9, .. })), "{refused:?}");
        for _ in 0..3 {
            assert_eq!(limits.one_more(staff(), "anna@northwind.example"), Ok(()));
        }
        let refused = limits.one_more(staff(), "anna@northwind.example");
        assert!(matches!(refused, Err(Refusal::MailsToOne { limit: 3, .. })), "{refused:?}");
    }

    #[test]
    fn x2_a_table_sends_no_more_to_one_address_than_buttons_do() {
        let limits = MailLimits::new(3);
        let all: Vec<_> = (0..500).map(|at| format!("{at}@many.example")).collect();
        assert_eq!(limits.more(reseller(1), all.iter().map(String::as_str)), Ok(()), "many addresses are many people");
        let refused = limits.more(reseller(1), ["anna@northwind.example"; 4].into_iter());
        assert!(matches!(refused, Err(Refusal::MailsToOne { limit: 3, .. })), "{refused:?}");
    }

    #[test]
    fn x2_an_account_has_a_limit_in_all() {
        let limits = MailLimits::new(1);
        for at in 0..ADDRESSES {
            assert_eq!(limits.one_more(reseller(1), &format!("{at}@many.example")), Ok(()));
        }
        let refused = limits.one_more(reseller(1), "one-more@many.example");
        assert!(matches!(refused, Err(Refusal::MailsOfAccount { limit: ADDRESSES, .. })), "{refused:?}");
        assert_eq!(limits.one_more(reseller(2), "one-more@many.example"), Ok(()));
    }
}
