//! The end of a month, told by hand and against any ledger.

use proptest::prelude::*;

use super::*;
use crate::billing::{Balance, Entry, EntryKind, Open, cycle::tests::day, settle};

const NOTHING: Money = Money::zero(Currency::EUR);

const fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn fact(on: &str, what: What, count: i64, minor: i64) -> Fact {
    Fact { on: day(on), what, tally: Tally { count, amount: euros(minor) } }
}

fn november() -> Month {
    Month::of(day("2026-11-01"))
}

#[test]
fn a_month_says_what_was_bought_sold_on_and_paid_in_it() {
    let dollars = Tally { count: 5, amount: Money::new(5, Currency::USD) };
    let facts = [
        fact("2026-10-31", What::Bought, 1, 10_000),
        fact("2026-11-01", What::Bought, 2, 27_860),
        fact("2026-11-30", What::Bought, 1, 13_930),
        fact("2026-11-15", What::Renewed, 4, 4_000),
        fact("2026-11-16", What::Credited, 1, 13_930),
        fact("2026-11-20", What::Paid, 1, 20_000),
        fact("2026-11-01", What::SoldOn, 2, 39_800),
        fact("2026-11-21", What::CustomerPaid, 1, 19_900),
        fact("2026-11-28", What::Ending, 3, 0),
        fact("2026-12-01", What::Ending, 9, 0),
        Fact { on: day("2026-11-03"), what: What::Bought, tally: dollars },
    ];
    let month = MonthEnd::of(november(), day("2027-02-01"), euros(5_000), &facts, &[]).expect("countable");
    assert_eq!(month.tally(What::Bought), Tally { count: 3, amount: euros(41_790) });
    assert_eq!(month.closing(), euros(5_000 + 41_790 + 4_000 - 13_930 - 20_000));
    let rows: Vec<_> = month.rows().iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "2026-11 | Owed at the beginning |  | 50.00 | EUR",
            "2026-11 | Bought | 3 | 417.90 | EUR",
            "2026-11 | Renewed | 4 | 40.00 | EUR",
            "2026-11 | Credited | 1 | 139.30 | EUR",
            "2026-11 | Paid to the operator | 1 | 200.00 | EUR",
            "2026-11 | Sold on | 2 | 398.00 | EUR",
            "2026-11 | Customer paid | 1 | 199.00 | EUR",
            "2026-11 | Ending | 3 | 0.00 | EUR",
            "2026-11 | Unpaid for more than 30 days | 0 | 0.00 | EUR",
            "2026-11 | Owed at the end |  | 168.60 | EUR",
        ]
    );
    assert!(month.rows().iter().all(|row| row.len() == MonthEnd::COLUMNS.len()));
}

#[test]
fn what_is_open_for_more_than_thirty_days_at_the_end_of_the_month_is_unpaid() {
    let part = |charged, settled: Option<&str>, minor| OpenFact {
        charged: day(charged),
        settled: settled.map(day),
        tally: Tally { count: 1, amount: euros(minor) },
    };
    let open = [
        part("2026-10-30", None, 1),
        part("2026-10-31", None, 10),
        part("2026-09-01", Some("2026-11-30"), 100),
        part("2026-09-01", Some("2026-12-01"), 1_000),
    ];
    let unpaid = |today| {
        let month = MonthEnd::of(november(), day(today), NOTHING, &[], &open).expect("countable");
        (month.unpaid.count, month.unpaid.amount.minor)
    };
    assert_eq!(unpaid("2027-02-01"), (2, 1_001));
    // While the month runs, its end is today.
    assert_eq!(unpaid("2026-11-29"), (2, 1_100));
}

#[test]
fn the_chart_has_each_of_twelve_months_also_the_empty_ones() {
    let facts = [
        fact("2025-11-30", What::Bought, 7, 700),
        fact("2025-12-01", What::Bought, 2, 200),
        fact("2026-11-30", What::Renewed, 5, 50),
        fact("2026-11-30", What::Paid, 1, 950),
    ];
    let year = spend(12, november(), Currency::EUR, &facts).expect("countable");
    let shown: Vec<_> = year.iter().map(|spend| (spend.spent.minor, spend.licenses)).collect();
    assert_eq!(
        shown,
        [(200, 2), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (50, 0)]
    );
    assert_eq!(year.first().map(|spend| spend.month.to_string()).as_deref(), Some("Dec 2025"));
}

#[test]
fn p5_a_month_that_cannot_be_counted_is_an_error() {
    let most = fact("2026-11-01", What::Bought, 1, i64::MAX);
    let month = |opening, facts: &[Fact]| MonthEnd::of(november(), day("2026-12-01"), opening, facts, &[]);
    assert_eq!(month(NOTHING, &[most, most]), Err(AmountError::TooLarge));
    assert_eq!(month(euros(1), &[most]), Err(AmountError::TooLarge));
    let many = fact("2026-11-01", What::Ending, i64::MAX, 0);
    assert_eq!(month(NOTHING, &[many, many]), Err(AmountError::TooLarge));
    assert_eq!(spend(12, november(), Currency::EUR, &[most, most]), Err(AmountError::TooLarge));
}

/// What happens on one day after another: so much is bought, renewed, paid, or given back.
fn events() -> impl Strategy<Value = Vec<(u64, What, i64)>> {
    let what = proptest::sample::select(vec![What::Bought, What::Renewed, What::Paid, What::Credited]);
    proptest::collection::vec((0..40u64, what, 1..100_000i64), 0..40)
}

/// An account as its tables hold it: the ledger, and what of each charge was settled when.
#[derive(Default)]
struct Account {
    facts: Vec<Fact>,
    entries: Vec<Entry>,
    open: Vec<Open<usize>>,
    parts: Vec<OpenFact>,
    charged: Vec<NaiveDate>,
    rest: i64,
}

impl Account {
    fn play(&mut self, on: NaiveDate, what: What, minor: i64) {
        let amount = euros(minor);
        self.facts.push(Fact { on, what, tally: Tally { count: 1, amount } });
        let kind = match what {
            What::Paid => EntryKind::Payment,
            What::Credited => EntryKind::Credit,
            _ => EntryKind::Charge,
        };
        self.entries.extend(Entry::new(kind, amount));
        if kind == EntryKind::Charge {
            self.open.push(Open { what: self.charged.len(), left: amount });
            self.charged.push(on);
        } else {
            self.rest += minor;
        }
        let settlement = settle(&self.open, &[], euros(self.rest)).expect("one currency");
        for (what, share) in settlement.shares {
            self.open[what].left.minor -= share.minor;
            let tally = Tally { count: i64::from(self.open[what].left.is_zero()), amount: share };
            self.parts.push(OpenFact { charged: self.charged[what], settled: Some(on), tally });
        }
        self.rest = settlement.rest.minor;
    }

    /// All parts of all charges, those that are open with them.
    fn parts(&self) -> Vec<OpenFact> {
        let left = self.open.iter().filter(|open| open.left.is_positive()).map(|open| OpenFact {
            charged: self.charged[open.what],
            settled: None,
            tally: Tally { count: 1, amount: open.left },
        });
        self.parts.iter().copied().chain(left).collect()
    }

    fn owed(&self) -> Money {
        Balance::of(Currency::EUR, &self.entries).expect("countable").owed()
    }
}

proptest! {
    #[test]
    fn c1_the_sums_of_all_months_are_those_of_the_ledger(events in events()) {
        let (mut account, mut today) = (Account::default(), day("2026-01-15"));
        for (days, what, minor) in events {
            today = today + Days::new(days);
            account.play(today, what, minor);
        }
        let (mut month, mut owed, mut sums) = (Month::of(day("2026-01-15")), NOTHING, [0; 4]);
        while month.first() <= today {
            let end = MonthEnd::of(month, today, owed, &account.facts, &account.parts()).expect("countable");
            for (sum, what) in sums.iter_mut().zip(What::ALL) {
                *sum += end.tally(*what).amount.minor;
            }
            (owed, month) = (end.closing(), month.next());
        }
        let [bought, renewed, credited, paid] = sums;
        let ledger = Balance::of(Currency::EUR, &account.entries).expect("countable");
        prop_assert_eq!(bought + renewed, ledger.charges().minor);
        prop_assert_eq!((credited, paid), (ledger.credits().minor, ledger.payments().minor));
        prop_assert_eq!(owed, account.owed());
        let charted = spend(240, month, Currency::EUR, &account.facts).expect("countable");
        prop_assert_eq!(charted.iter().map(|spend| spend.spent.minor).sum::<i64>(), ledger.charges().minor);
    }

    #[test]
    fn c1_what_is_unpaid_long_after_the_last_charge_is_what_is_owed(events in events()) {
        let (mut account, mut today) = (Account::default(), day("2026-01-15"));
        for (days, what, minor) in events {
            today = today + Days::new(days);
            account.play(today, what, minor);
        }
        let later = today + Days::new(31);
        let end = MonthEnd::of(Month::of(later), later, NOTHING, &account.facts, &account.parts()).expect("countable");
        prop_assert_eq!(end.unpaid.amount.minor - account.rest, account.owed().minor);
        let open = account.open.iter().filter(|open| open.left.is_positive()).count();
        prop_assert_eq!(usize::try_from(end.unpaid.count), Ok(open));
    }
}

#[test]
fn what_a_database_has_to_look_for_is_what_is_unpaid_for_long() {
    for today in ["2026-11-05", "2026-11-30", "2027-02-01"].map(day) {
        let (charged_before, settled_from) = OpenFact::days(november(), today);
        let unpaid = |charged: NaiveDate, settled: NaiveDate| {
            let tally = Tally { count: 1, amount: euros(1) };
            let part = OpenFact { charged, settled: Some(settled), tally };
            MonthEnd::of(november(), today, NOTHING, &[], &[part]).expect("countable").unpaid.count
        };
        let (last, first) = (charged_before - Days::new(1), settled_from - Days::new(1));
        assert_eq!([unpaid(last, settled_from), unpaid(charged_before, settled_from), unpaid(last, first)], [1, 0, 0]);
    }
}
