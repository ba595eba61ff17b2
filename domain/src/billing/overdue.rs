//! Overdue invoices: reminders some days after the due date, then the operator may suspend (B8).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is to be done about an invoice of which something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overdue {
    /// Nothing now: it is not due, or was reminded of.
    Wait,
    /// A reminder is due; `count` is how many will have been sent with it. Where nobody looked for so long that several
    /// came due, only the last is sent.
    Remind {
        /// How many count as sent then.
        count: usize,
    },
    /// All reminders were sent: the operator may suspend the account.
    MaySuspend,
}

/// What is to be done on a day. `after` are the operator's days after the due date on which reminders go out, in
/// rising order; `sent` how many of them count as sent.
pub fn overdue(due_on: NaiveDate, today: NaiveDate, after: &[u16], sent: usize) -> Overdue {
    let Some(late) = days_late(due_on, today) else { return Overdue::Wait };
    let reached = after.iter().take_while(|days| u64::from(**days) <= late).count();
    if reached > sent {
        Overdue::Remind { count: reached }
    } else if sent >= after.len() {
        Overdue::MaySuspend
    } else {
        Overdue::Wait
    }
}

/// For how many days an invoice has been overdue; `None` up to and on its due date.
pub fn days_late(due_on: NaiveDate, today: NaiveDate) -> Option<u64> {
    u64::try_from((today - due_on).num_days()).ok().filter(|days| *days > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::cycle::tests::day;

    #[test]
    fn b8_reminders_go_out_on_their_days_and_then_the_operator_may_suspend() {
        let step = |today: &str, sent| overdue(day("2026-11-21"), day(today), &[3, 10], sent);
        assert_eq!(step("2026-11-21", 0), Overdue::Wait);
        assert_eq!(step("2026-11-23", 0), Overdue::Wait);
        assert_eq!(step("2026-11-24", 0), Overdue::Remind { count: 1 });
        assert_eq!(step("2026-11-24", 1), Overdue::Wait);
        assert_eq!(step("2026-12-01", 1), Overdue::Remind { count: 2 });
        assert_eq!(step("2026-12-01", 2), Overdue::MaySuspend);
    }

    #[test]
    fn b8_after_a_long_silence_one_reminder_goes_out_and_not_all_of_them() {
        assert_eq!(overdue(day("2026-11-21"), day("2027-01-31"), &[3, 10, 20], 0), Overdue::Remind { count: 3 });
        assert_eq!(overdue(day("2026-11-21"), day("2026-11-22"), &[], 0), Overdue::MaySuspend);
        assert_eq!(days_late(day("2026-11-21"), day("2026-11-20")), None);
    }
}
