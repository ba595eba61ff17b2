//! In which form an answer is asked for.
//!
//! The program in a page asks for answers in the form that [`super::packed`] reads, and says from which sources it was made. A page that
//! has been open since before an update was made from others: what the server says now could mean something else to it, so it is told
//! to load anew, and nothing is done. All others get JSON.

/// The media type of an answer to the program in a page.
pub const PACKED: &str = "application/vnd.keyhouse";

/// What the program in a page says that it accepts. The name of the wire is made by `build.rs`.
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
        match accept {
            Some(ACCEPTS) => Self::Packed,
            Some(accept) if accept.starts_with(PACKED) => Self::Outdated,
            _ => Self::Json,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_packed_only_for_a_program_of_the_same_sources() {
        assert!(ACCEPTS.starts_with(PACKED));
        assert_eq!(Asked::of(Some(ACCEPTS)), Asked::Packed);
        for other in ["application/vnd.keyhouse", "application/vnd.keyhouse; wire=0", &format!("{ACCEPTS}0")] {
            assert_eq!(Asked::of(Some(other)), Asked::Outdated, "{other}");
        }
        for other in [None, Some(""), Some("*/*"), Some("application/json"), Some("text/html,*/*;q=0.8")] {
            assert_eq!(Asked::of(other), Asked::Json, "{other:?}");
        }
    }
}
