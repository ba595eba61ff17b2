//! Settling: which open amounts a payment or a credit covers, and what is left of it (B5, B6, C6).

use crate::{Currency, Money, money::AmountError};

/// Something that is owed, and how much of it is still open. `T` is what names it: a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open<T> {
    /// What is owed.
    pub what: T,
    /// How much of it is open; nothing or less takes part in no settlement.
    pub left: Money,
}

/// What a payment or a credit does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement<T> {
    /// How much of it goes where; each amount is more than nothing.
    pub shares: Vec<(T, Money)>,
    /// What is left: it stays as credit, and settles what is charged next.
    pub rest: Money,
}

/// Settles what is open with an amount: first what it was meant for, in the order in which that is named, then the
/// oldest first. `open` comes oldest first. So no money lies beside an open debt, and an overpayment stays as credit.
///
/// # Errors
/// [`AmountError::Mixed`] when something open is in another currency than the amount.
pub fn settle<T: Copy + PartialEq>(
    open: &[Open<T>],
    meant_for: &[T],
    amount: Money,
) -> Result<Settlement<T>, AmountError> {
    let named = meant_for.iter().filter_map(|what| open.iter().find(|open| open.what == *what));
    let others = open.iter().filter(|open| !meant_for.contains(&open.what));
    let mut settlement = Settlement { shares: Vec::new(), rest: amount };
    for open in named.chain(others).filter(|open| open.left.is_positive()) {
        settlement.rest.minus(open.left)?;
        let share = open.left.minor.min(settlement.rest.minor);
        if share > 0 && settlement.shares.iter().all(|(what, _)| *what != open.what) {
            settlement.shares.push((open.what, Money::new(share, amount.currency)));
            settlement.rest.minor -= share;
        }
    }
    Ok(settlement)
}

/// How much of what is owed is still open, all together.
///
/// # Errors
/// [`AmountError`] for two currencies, or a sum that cannot be counted.
pub fn open_amount<T>(currency: Currency, open: &[Open<T>]) -> Result<Money, AmountError> {
    Money::sum(currency, open.iter().map(|open| open.left))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn open(left: &[i64]) -> Vec<Open<usize>> {
        left.iter().enumerate().map(|(what, left)| Open { what, left: euros(*left) }).collect()
    }

    fn settled(left: &[i64], meant_for: &[usize], amount: i64) -> (Vec<(usize, i64)>, i64) {
        let settlement = settle(&open(left), meant_for, euros(amount)).expect("one currency");
        (settlement.shares.into_iter().map(|(what, share)| (what, share.minor)).collect(), settlement.rest.minor)
    }

    #[test]
    fn b5_the_oldest_is_settled_first_and_what_is_too_much_stays_as_credit() {
        assert_eq!(settled(&[500, 300, 200], &[], 600), (vec![(0, 500), (1, 100)], 0));
        assert_eq!(settled(&[500, 300], &[], 1_000), (vec![(0, 500), (1, 300)], 200));
        assert_eq!(settled(&[500], &[], 0), (vec![], 0));
        assert_eq!(settled(&[], &[], 700), (vec![], 700));
    }

    #[test]
    fn b6_what_the_payment_is_meant_for_comes_before_what_is_older() {
        assert_eq!(settled(&[500, 300, 200], &[2], 600), (vec![(2, 200), (0, 400)], 0));
        assert_eq!(settled(&[500, 300, 200], &[2, 1], 250), (vec![(2, 200), (1, 50)], 0));
    }

    #[test]
    fn b6_what_is_paid_already_or_not_there_or_named_twice_takes_nothing() {
        assert_eq!(settled(&[0, 300], &[0, 9], 400), (vec![(1, 300)], 100));
        assert_eq!(settled(&[100, 300], &[0, 0], 400), (vec![(0, 100), (1, 300)], 0));
        assert_eq!(settled(&[500], &[], -5), (vec![], -5));
    }

    #[test]
    fn p5_another_currency_settles_nothing() {
        let dollars = settle(&open(&[500]), &[], Money::new(500, Currency::USD));
        assert_eq!(dollars, Err(AmountError::Mixed { one: Currency::USD, other: Currency::EUR }));
        assert_eq!(open_amount(Currency::EUR, &open(&[1, i64::MAX])), Err(AmountError::TooLarge));
    }

    proptest! {
        #[test]
        fn b5_no_money_is_lost_or_lies_beside_a_debt(
            left in proptest::collection::vec(0..1_000_000i64, 0..20),
            meant_for in proptest::collection::vec(0usize..25, 0..6), amount in 0..8_000_000i64,
        ) {
            let (shares, rest) = settled(&left, &meant_for, amount);
            let total: i64 = left.iter().sum();
            prop_assert_eq!(shares.iter().map(|(_, share)| share).sum::<i64>() + rest, amount);
            prop_assert_eq!(rest, (amount - total).max(0));
            prop_assert!(shares.iter().all(|(what, share)| *share > 0 && *share <= left[*what]));
            prop_assert!(shares.iter().filter(|(what, share)| *share < left[*what]).count() <= 1);
        }
    }
}
