//! In which form an answer is asked for.
//!
//! The program in a page asks for answers in the form that [`super::packed`] reads, and says from which sources it was made. A page that
//! has been open since before an update was made from others: what the server says now could mean something else to it, so it is told
//! to load anew, and nothing is done. All others get JSON.

use std::sync::OnceLock;

/// The media type of an answer to the program in a page.
pub const PACKED: &str = "application/vnd.keyhouse";

/// What the program of this release accepts: [`PACKED`], and the name of all sources that it was made from. They are more than are compiled
/// here, so it is told.
static ACCEPTS: OnceLock<&str> = OnceLock::new();

/// Tells what the program of this release accepts, before anything is asked: `application/vnd.keyhouse; wire=` and a name. Said again, it
/// changes nothing.
pub fn accept(accepts: &'static str) {
    ACCEPTS.get_or_init(|| accepts);
}

/// What the program of this release accepts; nothing as long as it was not told.
pub(super) fn accepts() -> &'static str {
    ACCEPTS.get().copied().unwrap_or_default()
}

/// In which form an answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// As the program of this release reads it.
    Packed,
    /// As the program of another release reads it, which would misread it.
    Outdated,
    /// As all others read it.
    Json,
}

impl Asked {
    /// By what is accepted.
    pub fn of(accept: Option<&str>) -> Self {
        // A proxy may write it otherwise, or add to it.
        let mut words = accept.unwrap_or_default().split([';', ',']).map(str::trim);
        match words.find(|word| *word == PACKED).and_then(|_| words.next()) {
            Some(wire) if accepts().split_once(' ').is_some_and(|(_, own)| own == wire) => Self::Packed,
            None if accept != Some(PACKED) => Self::Json,
            _ => Self::Outdated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCEPTS: &str = "application/vnd.keyhouse; wire=0011223344556677";

    #[test]
    fn an_answer_is_packed_only_for_a_program_of_the_same_sources() {
        accept(ACCEPTS);
        let other_ways = [ACCEPTS.replace(' ', ""), format!("{ACCEPTS}, */*"), format!("text/x, {ACCEPTS};q=1")];
        for same in other_ways.iter().map(String::as_str).chain([ACCEPTS]) {
            assert_eq!(Asked::of(Some(same)), Asked::Packed, "{same}");
        }
        for other in ["application/vnd.keyhouse", "application/vnd.keyhouse; wire=0", &format!("{ACCEPTS}0")] {
            assert_eq!(Asked::of(Some(other)), Asked::Outdated, "{other}");
        }
        for other in [None, Some(""), Some("*/*"), Some("application/json"), Some("text/html,*/*;q=0.8")] {
            assert_eq!(Asked::of(other), Asked::Json, "{other:?}");
        }
    }
}
