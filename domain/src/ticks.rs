//! The ticked rows of a list, as a form posts them: one thing is done with all of them at once (L14).

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::FieldErrors;

/// A page has 50 rows; more than this nobody ticks.
const MOST: usize = 500;

/// The ticked boxes, and what else stands in their form. Boxes have names of their own, so that any browser posts them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticks(pub BTreeMap<String, String>);

/// With how many something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// With how many.
    pub done: usize,
    /// Of how many that were ticked; with the others it makes no sense.
    pub of: usize,
}

impl Ticks {
    /// The box `Select all on this page`; its value names them all.
    pub const ALL: &'static str = "all";
    /// The button of one row, which means that row alone.
    pub const ONLY: &'static str = "only";

    /// The name of the box of one row, which is of such a thing.
    pub fn name(noun: &str, id: impl fmt::Display) -> String {
        format!("{noun}-{id}")
    }

    /// One row alone.
    pub fn only(id: impl fmt::Display) -> Self {
        Self(BTreeMap::from([(Self::ONLY.to_owned(), id.to_string())]))
    }

    /// What stands in a field.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Those that are meant, each once, in the order of their ids.
    ///
    /// # Errors
    /// A message at `all` when it is none, or too many.
    pub fn check<T: FromStr + Ord>(&self, noun: &str) -> Result<Vec<T>, FieldErrors> {
        let ids = match self.0.get(Self::ONLY) {
            Some(id) => id.parse().into_iter().collect(),
            None => ids(&self.0, noun),
        };
        check_count(ids.len(), noun).map(|()| ids)
    }
}

/// The ids of the ticked boxes, each once and in order, however it was ticked.
pub(crate) fn ids<T: FromStr + Ord>(fields: &BTreeMap<String, String>, noun: &str) -> Vec<T> {
    let boxes = fields.keys().filter_map(|name| name.strip_prefix(noun)?.strip_prefix('-'));
    let all = fields.get(Ticks::ALL).map(String::as_str).unwrap_or_default().split(',');
    let mut ids: Vec<T> = boxes.chain(all).filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// At least one, and no more than anybody ticks.
pub(crate) fn check_count(ticked: usize, noun: &str) -> Result<(), FieldErrors> {
    match ticked {
        0 => Err(FieldErrors::at(Ticks::ALL, format!("Tick at least one {noun}."))),
        MOST.. => Err(FieldErrors::at(Ticks::ALL, format!("Tick fewer than {MOST} {noun}s."))),
        _ => Ok(()),
    }
}

/// As it stands in an address: `3.5`.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.done, self.of)
    }
}

impl FromStr for Tally {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (done, of) = text.split_once('.').ok_or(())?;
        let number = |text: &str| text.parse().map_err(|_| ());
        Ok(Self { done: number(done)?, of: number(of)? })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::MailId;

    fn check(fields: &[(&str, &str)]) -> Result<Vec<MailId>, FieldErrors> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Ticks(fields.collect()).check("mail")
    }

    #[test]
    fn l14_what_is_ticked_is_meant_once_and_the_button_of_a_row_means_that_row_alone() {
        let [one, two] = [1, 2].map(|id| MailId::from(Uuid::from_u128(id)));
        let (name, all) = (Ticks::name("mail", one), format!("{one},{two},nonsense"));
        let other = Ticks::name("account", two);
        assert_eq!(check(&[(&name, "on"), ("all", &all), ("mail-x", "on"), (&other, "on")]), Ok(vec![one, two]));
        assert_eq!(check(&[(&name, "on"), ("only", &two.to_string())]), Ok(vec![two]));
        assert_eq!(Ticks::only(one).check("mail"), Ok(vec![one]));
    }

    #[test]
    fn x3_nothing_ticked_and_too_much_are_told() {
        assert_eq!(
            check(&[(&Ticks::name("account", 1), "on")]),
            Err(FieldErrors::at("all", "Tick at least one mail."))
        );
        let many: Vec<_> = (1..=500).map(|id| MailId::from(Uuid::from_u128(id)).to_string()).collect();
        assert_eq!(check(&[("all", &many.join(","))]), Err(FieldErrors::at("all", "Tick fewer than 500 mails.")));
    }

    #[test]
    fn what_was_done_reads_back_from_an_address() {
        let done = Tally { done: 3, of: 5 };
        assert_eq!(done.to_string().parse(), Ok(done));
        assert_eq!("retried".parse::<Tally>(), Err(()));
    }
}
