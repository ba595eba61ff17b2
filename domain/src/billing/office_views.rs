//! What the back office shows of how an account is billed.

use serde::{Deserialize, Serialize};

use super::{AccountTerms, AccountTermsForm, Credit, Entry, EntryKind, Reminder};
use crate::{
    Moment, Money,
    accounts::{AccountHead, Unpaid},
    money::AmountError,
    orders::OrderNumber,
};

/// The billing of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBilling {
    /// The top of the page.
    pub head: AccountHead,
    /// C1: its available credit, with its parts.
    pub credit: Credit,
    /// L7.
    pub unpaid: Unpaid,
    /// How it is billed.
    pub terms: AccountTerms,
    /// The same as it stands in the form, for those who may set it.
    pub form: Option<AccountTermsForm>,
    /// The number that each change of the account raises.
    pub edition: i64,
    /// C7: its reminders, with when they were sent for the crossing that lasts.
    pub reminders: Vec<(Reminder, Option<Moment>)>,
    /// Its ledger, newest first: up to 50.
    pub entries: Vec<AccountEntry>,
    /// The `after` of the next page, if there is one.
    pub next: Option<String>,
}

/// An entry of the ledger as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEntry {
    /// Its place.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// What it is, and how much.
    pub entry: Entry,
    /// The order whose charge it is.
    pub order: Option<OrderNumber>,
    /// What was noted with it.
    pub note: Option<String>,
}

impl Entry {
    /// What it is, in words.
    pub fn words(self) -> String {
        let kind = self.kind.label();
        if self.amount.minor < 0 { format!("{kind}, taken back") } else { kind.to_owned() }
    }

    /// What the account owes more by it; less than nothing where it owes less.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn owed(self) -> Result<Money, AmountError> {
        if self.kind == EntryKind::Charge { Ok(self.amount) } else { self.amount.opposite() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn c1_an_entry_says_by_how_much_more_or_less_is_owed() {
        let entry = |kind, minor| Entry { kind, amount: Money::new(minor, Currency::EUR) };
        let read = |entry: Entry| (entry.words(), entry.owed().map(|owed| owed.minor));
        assert_eq!(read(entry(EntryKind::Charge, 700)), ("Charge".to_owned(), Ok(700)));
        assert_eq!(read(entry(EntryKind::Payment, 700)), ("Payment".to_owned(), Ok(-700)));
        assert_eq!(read(entry(EntryKind::Payment, -700)), ("Payment, taken back".to_owned(), Ok(700)));
        assert!(entry(EntryKind::Credit, i64::MIN).owed().is_err());
    }
}
