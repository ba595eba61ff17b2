//! Available credit, and whether an order is within it (C1 to C4, C8).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{BasisPoints, Money, accounts::CreditLimit, money::AmountError};

/// C1: what an account can still order for, with the parts that the screen shows. An order takes credit for what it
/// charges at once, with the tax, and for the estimate of what it will charge in arrears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    limit: CreditLimit,
    balance: Money,
    arrears: Money,
    available: Available,
}

/// How much that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Available {
    /// This much; below nothing when more is owed than the limit allows.
    Amount(Money),
    /// Without end (C2).
    Unlimited,
}

/// C3: what becomes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is within the available credit, equal included, and is executed at once.
    Execute,
    /// It is accepted and held: no licenses, no charges.
    Hold(Shortfall),
}

/// C3: by how much an order exceeds the available credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// What the order comes to.
    pub total: Money,
    /// What was available.
    pub available: Money,
    /// What is missing: a payment of it makes the order affordable.
    pub missing: Money,
}

impl Credit {
    /// C1: limit, less the balance, less the estimate of what is charged in arrears.
    ///
    /// # Errors
    /// [`AmountError`] for two currencies, or a credit that cannot be counted.
    pub fn of(limit: CreditLimit, balance: Money, arrears: Money) -> Result<Self, AmountError> {
        let taken = balance.plus(arrears)?;
        let available = match limit {
            CreditLimit::Unlimited => Available::Unlimited,
            CreditLimit::Amount(minor) => Available::Amount(Money::new(minor, balance.currency).minus(taken)?),
        };
        Ok(Self { limit, balance, arrears, available })
    }

    /// What the account may owe.
    pub const fn limit(&self) -> CreditLimit {
        self.limit
    }

    /// What it owes; below nothing when it has paid ahead.
    pub const fn balance(&self) -> Money {
        self.balance
    }

    /// What running subscriptions will be charged in arrears.
    pub const fn arrears(&self) -> Money {
        self.arrears
    }

    /// What is left.
    pub const fn available(&self) -> Available {
        self.available
    }

    /// C2, C3: what becomes of an order that comes to `total`, now. What costs nothing is executed whatever is owed. For
    /// a held order this is also whether it is affordable now (C4).
    ///
    /// # Errors
    /// [`AmountError`] for an order in another currency, or one that cannot be counted.
    pub fn decide(&self, total: Money) -> Result<Decision, AmountError> {
        if total.is_zero() {
            return Ok(Decision::Execute);
        }
        // What would be owed then can be counted, or it is not ordered: also where there is no limit, and where staff decide.
        self.balance.plus(self.arrears)?.plus(total)?;
        let left = match self.available {
            Available::Unlimited => return Ok(Decision::Execute),
            Available::Amount(left) => left,
        };
        let missing = total.minus(left)?;
        Ok(match missing.is_positive() {
            true => Decision::Hold(Shortfall { total, available: left, missing }),
            false => Decision::Execute,
        })
    }

    /// C8: whether more than the limit and so many percent of it is owed. Never with an unlimited credit.
    pub fn exceeds(&self, percent: BasisPoints) -> bool {
        match (self.limit, self.available) {
            (CreditLimit::Amount(limit), Available::Amount(left)) => {
                let over = Money::new(limit, left.currency).share(percent).minor;
                i128::from(left.minor) < -i128::from(over)
            }
            _ => false,
        }
    }
}

impl Decision {
    /// C4: what a reseller reads at an order of its own that is held, as the credit is now.
    pub fn of_held(&self) -> String {
        match self {
            Self::Hold(shortfall) => shortfall.to_string(),
            Self::Execute => "This order is affordable now: it is within your available credit. \
                              It waits for the operator to execute it."
                .to_owned(),
        }
    }
}

impl Shortfall {
    /// C3: what is read before the order is placed.
    pub fn before_placing(&self) -> String {
        let Self { available, missing, .. } = self;
        format!(
            "This exceeds your available credit of {available} by {missing}. The order will be accepted and held: \
             no licenses are created until the operator executes it. A payment of {missing} makes it affordable."
        )
    }
}

impl fmt::Display for Available {
    /// The amount, or `Unlimited`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(left) => left.fmt(f),
            Self::Unlimited => f.write_str("Unlimited"),
        }
    }
}

impl fmt::Display for Shortfall {
    /// Why an order is held, and the way out. A payment executes nothing by itself (C4).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { total, available, missing } = self;
        write!(
            f,
            "This order comes to {total} and exceeds your available credit of {available} by {missing}. \
             Pay {missing} to make it affordable, or ask the operator. The operator executes held orders."
        )
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Currency;

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    pub(crate) fn credit(limit: i64, owed: i64, arrears: i64) -> Credit {
        Credit::of(CreditLimit::Amount(limit), euros(owed), euros(arrears)).expect("countable")
    }

    fn held(total: i64, available: i64, missing: i64) -> Decision {
        let [total, available, missing] = [total, available, missing].map(euros);
        Decision::Hold(Shortfall { total, available, missing })
    }

    #[test]
    fn c1_available_is_the_limit_less_the_balance_less_what_comes_in_arrears() {
        let acme = credit(500_000, 120_000, 30_000);
        assert_eq!(acme.available(), Available::Amount(euros(350_000)));
        assert_eq!(acme.available().to_string(), "€ 3,500.00");
        assert_eq!(credit(0, -5_000, 0).available().to_string(), "€ 50.00");
        let unlimited = Credit::of(CreditLimit::Unlimited, euros(i64::MAX), euros(0)).expect("countable");
        assert_eq!(unlimited.available().to_string(), "Unlimited");
    }

    #[test]
    fn c3_equal_is_within_and_one_cent_more_is_held_with_what_is_missing() {
        let acme = credit(100_000, 60_000, 0);
        assert_eq!(acme.decide(euros(40_000)), Ok(Decision::Execute));
        assert_eq!(acme.decide(euros(40_001)), Ok(held(40_001, 40_000, 1)));
        let Ok(Decision::Hold(shortfall)) = acme.decide(euros(50_000)) else { panic!("held") };
        assert_eq!(
            shortfall.to_string(),
            "This order comes to € 500.00 and exceeds your available credit of € 400.00 by € 100.00. \
             Pay € 100.00 to make it affordable, or ask the operator. The operator executes held orders."
        );
        assert_eq!(
            shortfall.before_placing(),
            "This exceeds your available credit of € 400.00 by € 100.00. The order will be accepted and held: \
             no licenses are created until the operator executes it. A payment of € 100.00 makes it affordable."
        );
    }

    #[test]
    fn c4_a_held_order_that_has_become_affordable_says_so_and_asks_for_no_payment() {
        let before = credit(100_000, 60_000, 0).decide(euros(50_000)).expect("countable");
        assert!(before.of_held().contains("Pay € 100.00 to make it affordable"), "{}", before.of_held());
        let after = credit(100_000, 50_000, 0).decide(euros(50_000)).expect("countable");
        assert_eq!(
            after.of_held(),
            "This order is affordable now: it is within your available credit. \
             It waits for the operator to execute it."
        );
    }

    #[test]
    fn c2_with_a_limit_of_0_only_what_is_free_or_paid_ahead_is_executed() {
        assert_eq!(credit(0, 0, 0).decide(euros(0)), Ok(Decision::Execute));
        assert_eq!(credit(0, 0, 0).decide(euros(1)), Ok(held(1, 0, 1)));
        assert_eq!(credit(0, -500, 0).decide(euros(500)), Ok(Decision::Execute));
        assert_eq!(credit(0, 700, 0).decide(euros(0)), Ok(Decision::Execute));
        assert_eq!(credit(0, 700, 0).decide(euros(100)), Ok(held(100, -700, 800)));
    }

    #[test]
    fn c2_unlimited_is_no_big_number() {
        let unlimited = Credit::of(CreditLimit::Unlimited, euros(i64::MAX), euros(0)).expect("countable");
        assert_eq!(unlimited.decide(euros(0)), Ok(Decision::Execute));
        assert_eq!(unlimited.decide(euros(1)), Err(AmountError::TooLarge));
        let half = Credit::of(CreditLimit::Unlimited, euros(i64::MAX / 2), euros(1)).expect("countable");
        assert_eq!(half.decide(euros(i64::MAX / 2)), Ok(Decision::Execute));
        assert!(!unlimited.exceeds(BasisPoints::new(0).expect("0 %")));
        assert!(unlimited.decide(Money::new(1, Currency::USD)).is_err());
    }

    #[test]
    fn p5_amounts_that_cannot_be_counted_and_other_currencies_are_errors() {
        assert_eq!(credit(0, i64::MAX, 0).decide(euros(i64::MAX)), Err(AmountError::TooLarge));
        assert!(credit(1_000, 0, 0).decide(Money::new(1, Currency::USD)).is_err());
        assert!(Credit::of(CreditLimit::Amount(0), euros(i64::MAX), euros(1)).is_err());
    }

    #[test]
    fn c8_more_than_the_percentage_over_the_limit_suspends() {
        let ten = BasisPoints::new(1_000).expect("10 %");
        assert!(!credit(100_000, 110_000, 0).exceeds(ten));
        assert!(credit(100_000, 110_001, 0).exceeds(ten));
        assert!(credit(100_000, 100_001, 10_000).exceeds(ten));
        assert!(!credit(0, 0, 0).exceeds(ten) && credit(0, 1, 0).exceeds(ten));
    }

    proptest! {
        #[test]
        fn c3_whatever_is_executed_one_after_the_other_never_overspends(
            limit in 0..1_000_000i64, orders in proptest::collection::vec(0..400_000i64, 1..64),
        ) {
            let mut owed = 0;
            for total in orders {
                match credit(limit, owed, 0).decide(euros(total)).expect("countable") {
                    Decision::Execute => owed += total,
                    Decision::Hold(shortfall) => {
                        let paid = credit(limit, owed - shortfall.missing.minor, 0);
                        prop_assert_eq!(paid.decide(euros(total)), Ok(Decision::Execute));
                        let short = credit(limit, owed - shortfall.missing.minor + 1, 0);
                        prop_assert!(short.decide(euros(total)) != Ok(Decision::Execute));
                    }
                }
                prop_assert!(owed <= limit);
            }
        }
    }
}
