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
    }
}
