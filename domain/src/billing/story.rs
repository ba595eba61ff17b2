//! The whole of it, played through: whatever is ordered, renewed, paid and given back, the ledger, the open charges and
//! the money left over always say the same.

use proptest::prelude::*;

use super::{
    Balance, Charge, Credit, Decision, Entry, EntryKind, InvoiceState, Open, charge::tests::percent, cycle::tests::day,
    invoice::tests, open_amount, settle,
};
use crate::{BasisPoints, Currency, Money, accounts::CreditLimit};

/// What happens to an account.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// So many licenses at that price are ordered.
    Order(i64, u32),
    /// So much is paid, meant for a charge or for none.
    Pay(i64, Option<usize>),
    /// A charge is given back.
    Credit(usize),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (0..50_000i64, 1u32..5).prop_map(|(minor, quantity)| Event::Order(minor, quantity)),
        (1..200_000i64, proptest::option::of(0usize..12)).prop_map(|(minor, meant)| Event::Pay(minor, meant)),
        (0usize..12).prop_map(Event::Credit),
    ];
    proptest::collection::vec(event, 0..24)
}

/// An account as its tables hold it.
struct Account {
    limit: i64,
    entries: Vec<Entry>,
    charges: Vec<Money>,
    open: Vec<Open<usize>>,
    credited: Vec<bool>,
    rest: Money,
}

const NOTHING: Money = Money::zero(Currency::EUR);

impl Account {
    fn new(limit: i64) -> Self {
        Self { limit, entries: vec![], charges: vec![], open: vec![], credited: vec![], rest: NOTHING }
    }

    fn owed(&self) -> Money {
        Balance::of(Currency::EUR, &self.entries).expect("countable").owed()
    }

    fn play(&mut self, event: Event, rate: BasisPoints) {
        match event {
            Event::Order(minor, quantity) => {
                let charge = Charge::once(Money::new(minor, Currency::EUR), quantity, rate).expect("countable");
                let credit = Credit::of(CreditLimit::Amount(self.limit), self.owed(), NOTHING).expect("countable");
                if credit.decide(charge.amount().gross()) == Ok(Decision::Execute) {
                    charge.each().into_iter().for_each(|each| self.charge(each.gross()));
                }
            }
            Event::Pay(minor, meant) => self.enter(EntryKind::Payment, Money::new(minor, Currency::EUR), meant),
            Event::Credit(what) if self.credited.get(what) == Some(&false) => {
                self.credited[what] = true;
                self.enter(EntryKind::Credit, self.charges[what], Some(what));
            }
            Event::Credit(_) => {}
        }
    }

    /// A new charge is settled at once by what is left over.
    fn charge(&mut self, gross: Money) {
        self.entries.extend(Entry::new(EntryKind::Charge, gross));
        self.open.push(Open { what: self.charges.len(), left: gross });
        self.charges.push(gross);
        self.credited.push(false);
        self.settle(&[]);
    }

    fn enter(&mut self, kind: EntryKind, amount: Money, meant: Option<usize>) {
        self.entries.extend(Entry::new(kind, amount));
        self.rest = self.rest.plus(amount).expect("countable");
        self.settle(meant.as_slice());
    }

    fn settle(&mut self, meant: &[usize]) {
        let settlement = settle(&self.open, meant, self.rest).expect("one currency");
        for (what, share) in settlement.shares {
            self.open[what].left = self.open[what].left.minus(share).expect("countable");
        }
        self.rest = settlement.rest;
    }
}

proptest! {
    #[test]
    fn c1_the_ledger_the_open_charges_and_the_money_left_over_say_the_same(
        limit in 0..300_000i64, points in 0u16..3_000, events in events(),
    ) {
        let mut account = Account::new(limit);
        for event in events {
            let before = account.owed().minor;
            account.play(event, percent(points));
            let open = open_amount(Currency::EUR, &account.open).expect("countable");
            prop_assert_eq!(open.minus(account.rest), Ok(account.owed()));
            prop_assert!(open.is_zero() || account.rest.is_zero(), "money lies beside a debt");
            prop_assert!(account.owed().minor <= limit.max(before), "overspent");
        }
    }
}

#[test]
fn b5_a_paid_invoice_that_is_credited_pays_for_the_oldest_open_one() {
    let mut account = Account::new(100_000);
    account.charge(Money::new(10_000, Currency::EUR));
    account.charge(Money::new(5_000, Currency::EUR));
    account.play(Event::Pay(5_000, Some(1)), percent(0));
    account.play(Event::Credit(1), percent(0));
    assert_eq!(account.open.iter().map(|open| open.left.minor).collect::<Vec<_>>(), [5_000, 0]);
    let invoice = tests::issue(vec![tests::line(5_000, 1, 0)]).expect("an invoice");
    let gross = invoice.total().gross();
    assert_eq!(invoice.state(gross, gross, day("2027-01-01")), InvoiceState::Credited);
}
