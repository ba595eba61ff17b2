//! Credit notifications: reminders at percentages of the limit that are left, each once per crossing (C7).

use serde::{Deserialize, Serialize};

use super::{Available, Credit};
use crate::{BasisPoints, FieldErrors, Money, Timestamp, accounts::CreditLimit};

/// The most reminders of an account.
pub const REMINDERS_MOST: usize = 4;

/// One reminder of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// It is sent when so much of the limit is left, or less.
    pub at: BasisPoints,
    /// When it was sent for the crossing that lasts; `None` while it waits for one.
    pub sent: Option<Timestamp>,
}

/// C7: the reminders as they stand after a change of the credit. Those whose `sent` is `now` are to be sent: the credit
/// has come down to them. Those that it has risen above wait for the next crossing. There is no percentage of a limit
/// of 0 and of none, so nothing is sent then, and all wait.
pub fn remind(reminders: &[Reminder], credit: &Credit, now: Timestamp) -> Vec<Reminder> {
    let reached = |at| match (credit.limit(), credit.available()) {
        (CreditLimit::Amount(limit @ 1..), Available::Amount(left)) => is_reached(limit, left, at),
        _ => false,
    };
    let after = |reminder: &Reminder| Reminder {
        at: reminder.at,
        sent: reached(reminder.at).then(|| reminder.sent.unwrap_or(now)),
    };
    reminders.iter().map(after).collect()
}

/// Whether so much or less of the limit is left, without rounding.
fn is_reached(limit: i64, left: Money, at: BasisPoints) -> bool {
    i128::from(left.minor) * 10_000 <= i128::from(limit) * i128::from(at.get())
}

/// The percentages as typed, up to four; empty fields are none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemindersForm {
    /// `First reminder` and so on, each a percentage of the limit that is left.
    pub at: [String; REMINDERS_MOST],
}

impl RemindersForm {
    /// The field of a reminder.
    pub const FIELDS: [&'static str; REMINDERS_MOST] = ["at[0]", "at[1]", "at[2]", "at[3]"];

    /// The percentages, largest first.
    ///
    /// # Errors
    /// A message at each field that is no percentage, or repeats another.
    pub fn check(&self) -> Result<Vec<BasisPoints>, FieldErrors> {
        let (mut errors, mut all) = (FieldErrors::default(), Vec::new());
        for (field, typed) in Self::FIELDS.into_iter().zip(&self.at).filter(|(_, typed)| !typed.trim().is_empty()) {
            let Some(at) = errors.take(field, BasisPoints::typed(typed)) else { continue };
            if all.contains(&at) {
                errors.add(field, "There is a reminder at this percentage already.");
            }
            all.push(at);
        }
        all.sort_by(|one, other| other.cmp(one));
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::credit::tests::credit;

    fn time(hour: u32) -> Timestamp {
        format!("2026-11-21T{hour:02}:00:00Z").parse().expect("a time")
    }

    fn percent(points: u16) -> BasisPoints {
        BasisPoints::new(points).expect("a percentage")
    }

    /// What is sent while the account owes these amounts, one an hour, of a limit of € 1,000.00.
    fn sent(owed: &[i64]) -> Vec<Vec<String>> {
        let mut reminders: Vec<_> =
            [5_000, 2_000, 0].map(|points| Reminder { at: percent(points), sent: None }).to_vec();
        let mut hour = 0;
        let mut step = |owed: &i64| {
            hour += 1;
            reminders = remind(&reminders, &credit(100_000, *owed, 0), time(hour));
            let sent = reminders.iter().filter(|reminder| reminder.sent == Some(time(hour)));
            sent.map(|reminder| reminder.at.to_string()).collect()
        };
        owed.iter().map(&mut step).collect()
    }

    #[test]
    fn c7_each_reminder_is_sent_once_per_crossing_and_again_after_the_credit_rose_above() {
        assert_eq!(sent(&[0, 49_999, 50_000, 60_000, 79_999]), [vec![], vec![], vec!["50 %"], vec![], vec![]]);
        assert_eq!(sent(&[50_000, 40_000, 55_000]), [vec!["50 %"], vec![], vec!["50 %"]]);
        assert_eq!(sent(&[120_000, 90_000, 100_000]), [vec!["50 %", "20 %", "0 %"], vec![], vec!["0 %"]]);
        assert_eq!(sent(&[100_000, 0, 80_000]), [vec!["50 %", "20 %", "0 %"], vec![], vec!["50 %", "20 %"]]);
    }

    #[test]
    fn c7_a_limit_of_0_and_none_at_all_send_nothing() {
        let reminders = [Reminder { at: percent(5_000), sent: Some(time(1)) }];
        let waiting = vec![Reminder { at: percent(5_000), sent: None }];
        assert_eq!(remind(&reminders, &credit(0, 500, 0), time(2)), waiting);
        let nothing = Money::zero(crate::Currency::EUR);
        let unlimited = Credit::of(CreditLimit::Unlimited, nothing, nothing).expect("countable");
        assert_eq!(remind(&reminders, &unlimited, time(2)), waiting);
    }

    #[test]
    fn c7_up_to_four_different_percentages_are_read() {
        let form = |at: [&str; 4]| RemindersForm { at: at.map(str::to_owned) };
        assert_eq!(form(["20", "", "50 %", " "]).check(), Ok(vec![percent(5_000), percent(2_000)]));
        assert_eq!(form(["", "", "", ""]).check(), Ok(vec![]));
        let errors = form(["20", "20.00", "x", "101"]).check().expect_err("wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["at[1]", "at[2]", "at[3]"]);
    }
}
