//! A payment by a hosted checkout: what is told of it may come twice, late and out of order, and counts once (B7).

use serde::{Deserialize, Serialize};

use crate::{Money, words::words};

words! {
    /// Where a payment stands that was begun.
    PaymentState {
        /// It was begun, and nothing was heard of it.
        Begun = "begun", "Waiting for the payment";
        /// The money is there.
        Received = "received", "Received";
        /// It did not work; everything stays unpaid.
        Failed = "failed", "Failed";
        /// Nobody paid in time, or it was canceled.
        Expired = "expired", "Expired";
    }
}

/// What is told of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// So much came in.
    Received(Money),
    /// It did not work.
    Failed,
    /// It ran out of time, or was canceled.
    Expired,
}

/// What the news does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// The payment stands there now. With [`PaymentState::Received`] it goes into the ledger.
    Becomes(PaymentState),
    /// It was known, or came too late to matter.
    Nothing,
    /// Another amount came in than was asked for: nothing is settled, and somebody has to look at it.
    WrongAmount {
        /// What was asked for.
        asked: Money,
        /// What came in.
        came: Money,
    },
}

impl PaymentState {
    /// What news does to a payment of `asked`. Received money stays received. After a failure it may still arrive, since
    /// people try again; then it counts, whatever was told before.
    pub fn hear(self, asked: Money, news: News) -> Heard {
        match (self, news) {
            (Self::Received, News::Received(came)) if came != asked => Heard::WrongAmount { asked, came },
            (Self::Received, _) => Heard::Nothing,
            (_, News::Received(came)) if came != asked => Heard::WrongAmount { asked, came },
            (_, News::Received(_)) => Heard::Becomes(Self::Received),
            (Self::Begun, News::Failed) => Heard::Becomes(Self::Failed),
            (Self::Begun, News::Expired) => Heard::Becomes(Self::Expired),
            (Self::Failed | Self::Expired, News::Failed | News::Expired) => Heard::Nothing,
        }
    }

    /// B6: whether what it pays for cannot be paid for elsewhere.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Begun)
    }
}

/// What news of money that went back to the payer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBack {
    /// So much more went back than was known.
    More(Money),
    /// It was known.
    Nothing,
    /// More than was received, or another currency: nothing is counted, and somebody has to look at it.
    WrongAmount {
        /// What was received.
        received: Money,
        /// What is said to have gone back.
        told: Money,
    },
}

impl GivenBack {
    /// What is told is the sum so far, so that news which comes twice or out of order counts once: only what is more than
    /// the sum `known` is new.
    pub fn of(received: Money, known: Money, told: Money) -> Self {
        let fits = (0..=received.minor).contains(&told.minor) && told.currency == received.currency;
        match told.minus(known) {
            Ok(more) if fits && more.is_positive() => Self::More(more),
            Ok(_) if fits => Self::Nothing,
            _ => Self::WrongAmount { received, told },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Currency;

    const ASKED: Money = Money::new(16_577, Currency::EUR);
    const GOOD: News = News::Received(ASKED);

    /// Where a payment ends that is told all this, and how often money was received.
    fn told(all: &[News]) -> (PaymentState, usize) {
        all.iter().fold((PaymentState::Begun, 0), |(state, received), news| match state.hear(ASKED, *news) {
            Heard::Becomes(becomes) => (becomes, received + usize::from(becomes == PaymentState::Received)),
            Heard::Nothing | Heard::WrongAmount { .. } => (state, received),
        })
    }

    #[test]
    fn b7_news_that_comes_twice_or_out_of_order_counts_once() {
        assert_eq!(told(&[GOOD, GOOD]), (PaymentState::Received, 1));
        assert_eq!(told(&[GOOD, News::Failed, News::Expired]), (PaymentState::Received, 1));
        assert_eq!(told(&[News::Failed, GOOD]), (PaymentState::Received, 1));
        assert_eq!(told(&[News::Expired, News::Failed]), (PaymentState::Expired, 0));
        assert_eq!(told(&[]), (PaymentState::Begun, 0));
    }

    #[test]
    fn b7_another_amount_or_currency_settles_nothing() {
        for came in
            [Money::new(16_576, Currency::EUR), Money::new(16_577, Currency::USD), Money::new(-1, Currency::EUR)]
        {
            let wrong = Heard::WrongAmount { asked: ASKED, came };
            assert_eq!(PaymentState::Begun.hear(ASKED, News::Received(came)), wrong);
            assert_eq!(PaymentState::Received.hear(ASKED, News::Received(came)), wrong);
        }
    }

    #[test]
    fn b7_money_that_went_back_counts_once_and_never_more_than_came() {
        let euros = |minor| Money::new(minor, Currency::EUR);
        let told = |known, sum| GivenBack::of(ASKED, euros(known), euros(sum));
        assert_eq!(told(0, 5_000), GivenBack::More(euros(5_000)));
        assert_eq!(told(5_000, 16_577), GivenBack::More(euros(11_577)));
        assert_eq!([told(16_577, 16_577), told(16_577, 5_000), told(0, 0)], [GivenBack::Nothing; 3]);
        for wrong in [euros(16_578), euros(-1), Money::new(1, Currency::USD)] {
            assert_eq!(GivenBack::of(ASKED, euros(0), wrong), GivenBack::WrongAmount { received: ASKED, told: wrong });
        }
    }

    #[test]
    fn b6_only_a_payment_under_way_keeps_others_from_paying() {
        let under_way: Vec<_> = PaymentState::ALL.iter().filter(|state| state.is_under_way()).collect();
        assert_eq!(under_way, [&PaymentState::Begun]);
    }

    proptest! {
        #[test]
        fn b7_whatever_is_told_money_counts_once_if_it_came(
            all in proptest::collection::vec(proptest::sample::select(vec![GOOD, News::Failed, News::Expired]), 0..12),
        ) {
            let (state, received) = told(&all);
            prop_assert_eq!(received, usize::from(all.contains(&GOOD)));
            prop_assert_eq!(state == PaymentState::Received, all.contains(&GOOD));
        }

        #[test]
        fn b7_whatever_is_told_of_money_that_went_back_the_largest_sum_counts(
            sums in proptest::collection::vec(0..=ASKED.minor, 0..12),
        ) {
            let known = sums.iter().fold(Money::zero(Currency::EUR), |known, sum| {
                match GivenBack::of(ASKED, known, Money::new(*sum, Currency::EUR)) {
                    GivenBack::More(more) => known.plus(more).expect("a sum"),
                    GivenBack::Nothing | GivenBack::WrongAmount { .. } => known,
                }
            });
            prop_assert_eq!(known.minor, sums.into_iter().max().unwrap_or(0));
        }
    }
}
