//! One thing done with many licenses of the list at once: those that are ticked (L14).

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::CustomerPaid;
use crate::{
    FieldErrors, LicenseId,
    ticks::{self, Ticks},
    words::words,
};

/// What the boxes are named after.
const NOUN: &str = "license";

words! {
    /// What can be done with many.
    Act {
        /// Sets customer paid where it is not set (L8).
        MarkPaid = "paid", "Mark customer paid";
        /// Sends keys and details, one mail for each customer (L15).
        Resend = "send", "Resend details";
        /// Leads to the checkout (B6).
        Pay = "pay", "Checkout";
    }
}

/// The ticked boxes, the date, and the button that was pressed, as posted. Boxes have names of their own, so
/// that any browser posts them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ManyForm(pub BTreeMap<String, String>);

/// What is to be done, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToDo {
    /// Those were paid on that day.
    MarkPaid(Vec<LicenseId>, NaiveDate),
    /// The details of those are sent.
    Resend(Vec<LicenseId>),
    /// The operator is to be paid for those.
    Pay(Vec<LicenseId>),
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many {
    /// What.
    pub act: Act,
    /// With how many.
    pub done: usize,
    /// Of how many that were ticked; with the others it makes no sense.
    pub of: usize,
}

impl ManyForm {
    /// The box `Select all on this page`; its value names them all.
    pub const ALL: &'static str = Ticks::ALL;
    /// The date on which customers paid.
    pub const DATE: &'static str = "customer_paid_date";
    /// The button.
    pub const ACT: &'static str = "act";

    /// The name of the box of one license.
    pub fn name(id: LicenseId) -> String {
        Ticks::name(NOUN, id)
    }

    /// The licenses for which the operator is to be paid, when that is what was asked for (B6).
    ///
    /// # Errors
    /// A message at `all` when nothing is ticked.
    pub fn to_pay(&self) -> Result<Option<Vec<LicenseId>>, FieldErrors> {
        if self.0.get(Self::ACT).map(String::as_str) != Some(Act::Pay.word()) {
            return Ok(None);
        }
        let ids = ticks::ids(&self.0, NOUN);
        ticks::check_count(ids.len(), NOUN).map(|()| Some(ids))
    }

    /// What is to be done. `today` is the day in the reseller's time zone.
    ///
    /// # Errors
    /// Messages at `all` when nothing is ticked, and at the date.
    pub fn check(&self, today: NaiveDate) -> Result<ToDo, FieldErrors> {
        let ids = ticks::ids(&self.0, NOUN);
        let mut errors = FieldErrors::default();
        if let Err(ticked) = ticks::check_count(ids.len(), NOUN) {
            errors = ticked;
        }
        let text = |name| self.0.get(name).map(String::as_str).unwrap_or_default();
        let to_do = match Act::from_word(text(Self::ACT)) {
            Some(Act::MarkPaid) => {
                let date = errors.take(Self::DATE, CustomerPaid::check("on", text(Self::DATE), today));
                date.and_then(|date| date.0).map(|date| ToDo::MarkPaid(ids, date))
            }
            Some(Act::Resend) => Some(ToDo::Resend(ids)),
            Some(Act::Pay) => Some(ToDo::Pay(ids)),
            None => {
                errors.add(Self::ALL, "Choose what to do with them.");
                None
            }
        };
        to_do.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// As it stands in an address: `paid.3.5`.
impl fmt::Display for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.act.word(), self.done, self.of)
    }
}

impl FromStr for Many {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let act = parts.next().and_then(Act::from_word).ok_or(())?;
        let mut number = || parts.next().and_then(|number| number.parse().ok()).ok_or(());
        Ok(Self { act, done: number()?, of: number()? })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn check(fields: &[(&str, &str)]) -> Result<ToDo, FieldErrors> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        ManyForm(fields.collect()).check("2026-11-21".parse().expect("a day"))
    }

    #[test]
    fn l14_what_is_ticked_is_ticked_once_however_it_was() {
        let [one, two] = [1, 2].map(|id| LicenseId::from(Uuid::from_u128(id)));
        let (name, all) = (ManyForm::name(one), format!("{one},{two},nonsense"));
        let sent = check(&[("act", "send"), (&name, "on"), ("all", &all), ("license-x", "on"), ("other", "1")]);
        assert_eq!(sent, Ok(ToDo::Resend(vec![one, two])));
        let paid = check(&[("act", "paid"), (&name, "on"), ("customer_paid_date", "2026-11-20")]);
        assert_eq!(paid, Ok(ToDo::MarkPaid(vec![one], "2026-11-20".parse().expect("a day"))));
    }

    #[test]
    fn x3_nothing_ticked_and_a_date_in_the_future_are_told_at_their_places() {
        let errors = check(&[("act", "paid"), ("customer_paid_date", "2026-11-22")]).expect_err("two");
        let all: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        assert_eq!(all, [("all", "Tick at least one license."), ("customer_paid_date", "This date is in the future.")]);
        let many: Vec<_> = (1..=500).map(|id| LicenseId::from(Uuid::from_u128(id)).to_string()).collect();
        assert!(check(&[("act", "send"), ("all", &many.join(","))]).is_err());
        assert!(check(&[("all", &many[0])]).is_err(), "no button");
    }

    #[test]
    fn what_was_done_reads_back_from_an_address() {
        let done = Many { act: Act::MarkPaid, done: 3, of: 5 };
        assert_eq!(done.to_string().parse(), Ok(done));
        assert_eq!("paid.x.1".parse::<Many>(), Err(()));
    }
}
