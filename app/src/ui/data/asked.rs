//! In which form an answer is asked for.
//!
//! The program in a page asks for answers in the form that [`super::packed`] reads, and says from which sources it was made. A page that
//! has been open since before an update was made from others: what the server says now could mean something else to it, so it is told
//! to load anew, and nothing is done. All others get JSON.

/// The media type of an answer to the program in a page.
pub const PACKED: &str = "application/vnd.keyhouse";

/// The name of the wire, which `build.rs` makes.
const WIRE: &str = concat!("wire=", env!("KEYHOUSE_WIRE"));
/// What the program in a page says that it accepts.
pub const ACCEPTS: &str = concat!("application/vnd.keyhouse; wire=", env!("KEYHOUSE_WIRE"));

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
            Some(wire) if wire == WIRE => Self::Packed,
            None if accept != Some(PACKED) => Self::Json,
            _ => Self::Outdated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_packed_only_for_a_program_of_the_same_sources() {
        assert!(ACCEPTS.starts_with(PACKED));
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
