//! Paying for licenses: what was ticked becomes one payment to the operator (B6).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{ChargeId, LicenseId, Money, Refusal, licenses::PaymentStatus};

/// A license that was ticked, found among the reseller's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// The license.
    pub license: LicenseId,
    /// Whether the operator has been paid; none for a trial.
    pub payment: Option<PaymentStatus>,
    /// What is open of its charges, at the reseller's price, with tax.
    pub open: Money,
    /// A payment for it was begun and has not ended.
    pub being_paid: bool,
}

/// What the checkout shows: the amount, and what paying it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// What is paid for, each once.
    pub licenses: Vec<LicenseId>,
    /// What has to be paid.
    pub total: Money,
    /// L7: how many unpaid slots this frees, at once when the money is there.
    pub frees: u32,
}

impl Checkout {
    /// B6: the payment for the licenses that were ticked, all or none. Ticking one twice is ticking it once.
    ///
    /// # Errors
    /// [`Refusal::NothingToPay`]; [`Refusal::NotToBePaid`] with how many of them are paid, free or given back;
    /// [`Refusal::BeingPaid`] with how many are being paid; [`Refusal::MixedCurrencies`], [`Refusal::TooMuch`].
    pub fn of(ticked: &[Payable]) -> Result<Self, Refusal> {
        let mut once: Vec<Payable> = Vec::new();
        for payable in ticked {
            if once.iter().all(|other| other.license != payable.license) {
                once.push(*payable);
            }
        }
        let first = once.first().ok_or(Refusal::NothingToPay)?;
        let of = once.len();
        let count = |wrong: fn(&Payable) -> bool| once.iter().filter(|payable| wrong(payable)).count();
        match count(|payable| payable.payment != Some(PaymentStatus::Pending) || !payable.open.is_positive()) {
            0 => {}
            count => return Err(Refusal::NotToBePaid { count, of }),
        }
        match count(|payable| payable.being_paid) {
            0 => {}
            count => return Err(Refusal::BeingPaid { count, of }),
        }
        let total = Money::sum(first.open.currency, once.iter().map(|payable| payable.open))?;
        let licenses: Vec<_> = once.iter().map(|payable| payable.license).collect();
        Ok(Self { frees: u32::try_from(of).unwrap_or(u32::MAX), licenses, total })
    }

    /// L7: how many unpaid slots paying these charges frees: one for each license of which nothing else is open. `open` is all that is
    /// open of the account.
    pub fn slots_freed(paid: &[ChargeId], open: &[(ChargeId, LicenseId)]) -> u32 {
        let paid: BTreeSet<_> = paid.iter().collect();
        let mut licenses: BTreeMap<LicenseId, bool> = BTreeMap::new();
        for (charge, license) in open {
            *licenses.entry(*license).or_insert(true) &= paid.contains(charge);
        }
        u32::try_from(licenses.values().filter(|all| **all).count()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{Currency, money::AmountError};

    fn pending(license: u128, minor: i64) -> Payable {
        Payable {
            license: Uuid::from_u128(license).into(),
            payment: Some(PaymentStatus::Pending),
            open: Money::new(minor, Currency::EUR),
            being_paid: false,
        }
    }

    #[test]
    fn b6_pending_licenses_are_paid_together_and_free_their_slots() {
        let checkout = Checkout::of(&[pending(1, 16_577), pending(2, 16_576), pending(1, 16_577)]).expect("a checkout");
        assert_eq!((checkout.total.to_string().as_str(), checkout.frees), ("€ 331.53", 2));
        assert_eq!(checkout.licenses, [pending(1, 0).license, pending(2, 0).license]);
    }

    #[test]
    fn l7_paying_frees_the_slots_of_licenses_of_which_nothing_else_is_open() {
        let charge = |id: u128| ChargeId::from(Uuid::from_u128(id));
        let of = |id: u128, license: u128| (charge(id), LicenseId::from(Uuid::from_u128(license)));
        // License 1 has October and November open, license 2 November alone.
        let open = [of(10, 1), of(11, 1), of(21, 2)];
        assert_eq!(Checkout::slots_freed(&[charge(11), charge(21)], &open), 1);
        assert_eq!(Checkout::slots_freed(&[charge(11)], &open), 0);
        assert_eq!(Checkout::slots_freed(&[charge(10), charge(11), charge(21)], &open), 2);
        assert_eq!(Checkout::slots_freed(&[], &open), 0);
    }

    #[test]
    fn b6_what_is_paid_or_being_paid_is_not_paid_twice() {
        let paid = Payable { payment: Some(PaymentStatus::Paid), ..pending(2, 100) };
        let trial = Payable { payment: None, ..pending(3, 100) };
        let refused = Checkout::of(&[pending(1, 100), paid, trial, pending(4, 0)]).expect_err("refused");
        assert_eq!(refused, Refusal::NotToBePaid { count: 3, of: 4 });
        let elsewhere = Payable { being_paid: true, ..pending(2, 100) };
        let refused = Checkout::of(&[pending(1, 100), elsewhere]).expect_err("refused");
        assert_eq!(
            refused.to_string(),
            "1 of these 2 licenses is being paid already, perhaps in another window. Finish or cancel that payment first."
        );
        assert_eq!(Checkout::of(&[]), Err(Refusal::NothingToPay));
    }

    #[test]
    fn p5_licenses_of_two_currencies_or_too_much_at_once_are_refused() {
        let dollars = Payable { open: Money::new(1, Currency::USD), ..pending(2, 1) };
        assert!(matches!(Checkout::of(&[pending(1, 1), dollars]), Err(Refusal::MixedCurrencies { .. })));
        let most = [pending(1, i64::MAX), pending(2, i64::MAX)];
        assert_eq!(Checkout::of(&most), Err(Refusal::TooMuch));
        assert_eq!(Refusal::from(AmountError::TooLarge), Refusal::TooMuch);
    }
}
