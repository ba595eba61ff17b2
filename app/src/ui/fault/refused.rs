//! A refusal as it travels to the program in a page. The program knows its words and what pages do about it; the many refusals
//! themselves, with their numbers, it never reads: they are for whoever asks in JSON, and for the log.

use std::fmt::{self, Display};

use domain::editions::Meanwhile;
use serde::{Deserialize, Serialize};

/// What the rules refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "ssr"), derive(Serialize, Deserialize))]
pub struct Refused {
    words: String,
    then: Then,
    /// The refusal itself, packed; no page reads it.
    itself: Vec<u8>,
}

/// What a page does about a refusal besides saying it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// Leads to the catalog, since what was chosen is not offered any more.
    Catalog,
    /// Looks whether it was this page that used the link.
    LinkUsed,
    /// Shows what somebody else has changed, and saves for what they were shown.
    ChangedMeanwhile {
        /// Each field once.
        changed: Vec<Meanwhile>,
        /// The edition that another save is made for.
        edition: i64,
    },
}

impl Refused {
    /// What the browser itself refuses.
    pub fn told(words: &str) -> Self {
        Self { words: words.to_owned(), then: Then::Nothing, itself: Vec::new() }
    }

    /// What is done about it.
    pub const fn then(&self) -> &Then {
        &self.then
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

#[cfg(feature = "ssr")]
mod server {
    use domain::Refusal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error};

    use super::{Refused, Then};
    use crate::ui::data::packed::{pack, unpack};

    impl Refused {
        /// The refusal itself.
        pub fn refusal(&self) -> Option<Refusal> {
            unpack(&self.itself).ok()
        }
    }

    impl From<Refusal> for Refused {
        fn from(refusal: Refusal) -> Self {
            let (words, itself) = (refusal.to_string(), pack(&refusal).unwrap_or_default());
            let then = match refusal {
                Refusal::NotOffered => Then::Catalog,
                Refusal::LinkUsed => Then::LinkUsed,
                Refusal::ChangedMeanwhile { changed, edition } => Then::ChangedMeanwhile { changed, edition },
                _ => Then::Nothing,
            };
            Self { words, then, itself }
        }
    }

    /// For all but the program in a page it is the refusal.
    impl Serialize for Refused {
        fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            if to.is_human_readable() {
                self.refusal().ok_or_else(|| S::Error::custom("no refusal of the server"))?.serialize(to)
            } else {
                (&self.words, &self.then, &self.itself).serialize(to)
            }
        }
    }

    impl<'de> Deserialize<'de> for Refused {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            if from.is_human_readable() {
                return Refusal::deserialize(from).map(Self::from);
            }
            Deserialize::deserialize(from).map(|(words, then, itself)| Self { words, then, itself })
        }
    }
}
