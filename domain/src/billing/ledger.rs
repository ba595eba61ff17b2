//! The ledger: charges, credits and payments of an account, from which what it owes is summed (C1).

use serde::{Deserialize, Serialize};

use crate::{Currency, Money, money::AmountError, words::words};

words! {
    /// What an entry of the ledger is.
    EntryKind {
        /// The account owes more: an order was executed, or a period came due.
        Charge = "charge", "Charge";
        /// The account owes less: a credit note.
        Credit = "credit", "Credit";
        /// Money came in.
        Payment = "payment", "Payment";
    }
}

/// An entry. It is never changed: a mistake is put right by its reversal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// With tax, more than nothing; less than nothing in a reversal.
    pub amount: Money,
}

impl Entry {
    /// An entry; `None` for an amount that is not more than nothing, which belongs in no ledger.
    pub fn new(kind: EntryKind, amount: Money) -> Option<Self> {
        amount.is_positive().then_some(Self { kind, amount })
    }

    /// The entry that takes this one back: a payment that was recorded by mistake, or did not arrive in the end.
    ///
    /// # Errors
    /// [`AmountError::TooLarge`].
    pub fn reversal(self) -> Result<Self, AmountError> {
        Ok(Self { amount: self.amount.opposite()?, ..self })
    }
}

/// What an account owes in one currency, with the three sums it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    charges: Money,
    credits: Money,
    payments: Money,
}

impl Balance {
    /// From the sums of the three kinds, as a database adds them up.
    ///
    /// # Errors
    /// [`AmountError`] for two currencies, or a balance that cannot be counted.
    pub fn new(charges: Money, credits: Money, payments: Money) -> Result<Self, AmountError> {
        charges.minus(credits)?.minus(payments).map(|_| Self { charges, credits, payments })
    }

    /// From the entries of an account, of which only those in that currency count.
    ///
    /// # Errors
    /// As [`Balance::new`].
    pub fn of(currency: Currency, entries: &[Entry]) -> Result<Self, AmountError> {
        let sum = |kind| {
            let counted = entries.iter().filter(|entry| entry.kind == kind && entry.amount.currency == currency);
            Money::sum(currency, counted.map(|entry| entry.amount))
        };
        Self::new(sum(EntryKind::Charge)?, sum(EntryKind::Credit)?, sum(EntryKind::Payment)?)
    }

    /// Executed charges, invoiced or not, with their tax.
    pub const fn charges(self) -> Money {
        self.charges
    }

    /// Credit notes.
    pub const fn credits(self) -> Money {
        self.credits
    }

    /// Payments.
    pub const fn payments(self) -> Money {
        self.payments
    }

    /// C1: charges less credits less payments. Below nothing, the account has paid ahead.
    pub const fn owed(self) -> Money {
        Money::new(self.charges.minor - self.credits.minor - self.payments.minor, self.charges.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn entry(kind: EntryKind, minor: i64) -> Entry {
        Entry::new(kind, euros(minor)).expect("more than nothing")
    }

    #[test]
    fn c1_what_is_owed_is_charges_less_credits_less_payments_in_one_currency() {
        let dollars = Entry { amount: Money::new(7, Currency::USD), ..entry(EntryKind::Charge, 1) };
        let paid = entry(EntryKind::Payment, 4_000);
        let entries = [entry(EntryKind::Charge, 10_000), entry(EntryKind::Credit, 2_500), paid, dollars];
        assert_eq!(Balance::of(Currency::EUR, &entries).map(Balance::owed), Ok(euros(3_500)));
        assert_eq!(Balance::of(Currency::USD, &entries).map(Balance::owed), Ok(Money::new(7, Currency::USD)));
        assert_eq!(Balance::of(Currency::JPY, &entries).map(Balance::owed), Ok(Money::zero(Currency::JPY)));
        let reversed = [&entries[..], &[paid.reversal().expect("countable")]].concat();
        assert_eq!(Balance::of(Currency::EUR, &reversed).map(Balance::owed), Ok(euros(7_500)));
        assert_eq!(Balance::of(Currency::EUR, &[paid]).map(Balance::owed), Ok(euros(-4_000)));
    }

    #[test]
    fn p5_nothing_and_less_are_no_entry_and_what_cannot_be_counted_is_an_error() {
        assert_eq!(Entry::new(EntryKind::Charge, euros(0)), None);
        assert_eq!(Entry::new(EntryKind::Payment, euros(-1)), None);
        let most = entry(EntryKind::Charge, i64::MAX);
        assert_eq!(Balance::of(Currency::EUR, &[most, most]), Err(AmountError::TooLarge));
        assert!(Balance::new(euros(0), euros(i64::MAX), euros(i64::MAX)).is_err());
        assert!(Balance::new(euros(0), euros(0), Money::zero(Currency::USD)).is_err());
    }

    proptest! {
        #[test]
        fn c1_the_balance_is_the_same_in_whatever_order_the_entries_come(
            entries in proptest::collection::vec((proptest::sample::select(EntryKind::ALL), 1..1_000_000_000_000i64), 0..40),
            cut in 0usize..40,
        ) {
            let entries: Vec<_> = entries.into_iter().map(|(kind, minor)| entry(kind, minor)).collect();
            let (before, after) = entries.split_at(cut.min(entries.len()));
            let owed = |entries: &[Entry]| Balance::of(Currency::EUR, entries).map(Balance::owed);
            prop_assert_eq!(owed(&[after, before].concat()), owed(&entries));
            prop_assert_eq!(owed(before)?.plus(owed(after)?), owed(&entries));
        }
    }
}
