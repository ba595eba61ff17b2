//! Lists as tables, part by part: what is asked for next begins where the part before ended, so that
//! a list of any length costs no more memory than one part of it.

/// How many rows a part has.
pub(crate) const PART: usize = 500;

/// Some rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<const N: usize> {
    /// Their cells, one for each column.
    pub rows: Vec<[String; N]>,
    /// The `after` of the next part, if there is one.
    pub next: Option<String>,
}

/// Where the next part begins, if `rows`, of which one more than `most` were asked for, are not all: `place` says it of the last.
pub(crate) fn next<T>(rows: &mut Vec<T>, most: usize, place: impl Fn(&T) -> String) -> Option<String> {
    let more = rows.len() > most;
    rows.truncate(most);
    rows.last().filter(|_| more).map(place)
}

impl<const N: usize> Part<N> {
    /// A table without rows.
    pub(crate) const fn empty() -> Self {
        Self { rows: Vec::new(), next: None }
    }
}
