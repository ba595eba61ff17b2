//! License keys: 22 random symbols and 3 that check them, in five groups of five (L3).
//!
//! The symbols are those of Crockford's base 32. The check is a Reed-Solomon code over the
//! field of 32 elements with three check symbols: any one, two or three wrong symbols, and so
//! every swap of two, are told apart from a key that is merely unknown, without a look-up.

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many symbols are drawn at random: 110 bits.
pub const RANDOM_SYMBOLS: usize = 22;
const LENGTH: usize = 25;
const GROUP: usize = 5;

/// A license key. It has no `Display`, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LicenseKey([u8; LENGTH]);

/// The text is not a key: a slip of the finger, not an unknown key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not 25 symbols.
    #[error("A key has 25 letters and digits.")]
    Length,
    /// A character that no key has.
    #[error("A key has letters and digits only, and no U.")]
    Symbol,
    /// The check symbols do not fit.
    #[error("This key has a typing error.")]
    Checksum,
}

impl LicenseKey {
    /// A key from random symbols, of each of which the lowest five bits count.
    pub fn from_random(random: [u8; RANDOM_SYMBOLS]) -> Self {
        let mut symbols = [0; LENGTH];
        for (symbol, random) in symbols.iter_mut().zip(random) {
            *symbol = random & 31;
        }
        let check = remainder(&symbols);
        symbols[RANDOM_SYMBOLS..].copy_from_slice(&check);
        Self(symbols)
    }

    /// Reads a key as people type it: any case, with spaces and dashes, O for 0, I or L for 1.
    ///
    /// # Errors
    /// What is wrong with it, when it cannot be a key.
    pub fn parse(typed: &str) -> Result<Self, KeyError> {
        let symbols = symbols(typed).ok_or(KeyError::Symbol)?;
        let symbols: [u8; LENGTH] = symbols.try_into().map_err(|_| KeyError::Length)?;
        if remainder(&symbols) == [0; 3] { Ok(Self(symbols)) } else { Err(KeyError::Checksum) }
    }

    /// The key in groups, `7KQ2M-9XV4D-R3TC8-WZ5NB-HT3PC`: stored, shown and sent like this.
    pub fn grouped(&self) -> String {
        group(&self.0)
    }

    /// The key where a list has no room for it, `7KQ2M-9XV4D-…-HT3PC`.
    pub fn abridged(&self) -> String {
        let grouped = self.grouped();
        format!("{}-…-{}", &grouped[..11], &grouped[24..])
    }

    /// The typed text as a beginning of keys, in groups; `None` when no key could begin so.
    pub fn beginning(typed: &str) -> Option<String> {
        symbols(typed).filter(|symbols| (1..=LENGTH).contains(&symbols.len())).map(|symbols| group(&symbols))
    }
}

/// The typed characters as symbols; `None` when one of them is none.
fn symbols(typed: &str) -> Option<Vec<u8>> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '_'))
        .map(|c| {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            ALPHABET.iter().position(|a| char::from(*a) == c)?.try_into().ok()
        })
        .collect()
}

fn group(symbols: &[u8]) -> String {
    let text: Vec<u8> = symbols.iter().map(|s| ALPHABET[usize::from(*s)]).collect();
    let groups: Vec<_> = text.chunks(GROUP).map(String::from_utf8_lossy).collect();
    groups.join("-")
}

/// What is left of the symbols, read as a polynomial over GF(32), after division by
/// (x + 2)(x + 4)(x + 8); nothing is left of a right key.
fn remainder(symbols: &[u8; LENGTH]) -> [u8; 3] {
    // (x + 2)(x + 4)(x + 8) without its leading one, highest power first.
    const GENERATOR: [u8; 3] = [14, times(2, 4) ^ times(2, 8) ^ times(4, 8), times(times(2, 4), 8)];
    let mut left = [0; 3];
    let (random, check) = symbols.split_at(RANDOM_SYMBOLS);
    for symbol in random {
        let factor = symbol ^ left[0];
        left =
            [left[1] ^ times(factor, GENERATOR[0]), left[2] ^ times(factor, GENERATOR[1]), times(factor, GENERATOR[2])];
    }
    [left[0] ^ check[0], left[1] ^ check[1], left[2] ^ check[2]]
}

/// Multiplication in GF(32) with x^5 + x^2 + 1.
const fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut b, mut product) = (a, b, 0);
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= 37;
        }
        b >>= 1;
    }
    product
}

impl std::fmt::Debug for LicenseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LicenseKey(..)")
    }
}

impl From<LicenseKey> for String {
    fn from(key: LicenseKey) -> Self {
        key.grouped()
    }
}

impl TryFrom<String> for LicenseKey {
    type Error = KeyError;
    fn try_from(text: String) -> Result<Self, KeyError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> LicenseKey {
        LicenseKey::from_random(std::array::from_fn(|at| u8::try_from(at * 7 + 3).expect("small")))
    }

    #[test]
    fn l3_a_key_is_five_groups_of_five_and_debug_does_not_show_it() {
        assert_eq!(key().grouped().len(), 29);
        assert_eq!(key().abridged().chars().count(), 19);
        assert_eq!(format!("{:?}", key()), "LicenseKey(..)");
    }

    #[test]
    fn l3_reading_forgives_case_spaces_dashes_and_look_alikes() {
        let zero_and_one = LicenseKey::from_random([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
        let typed = zero_and_one.grouped().to_lowercase().replace('0', "o").replace('1', "l").replace('-', "  ");
        assert_eq!(LicenseKey::parse(&typed), Ok(zero_and_one));
        assert_eq!(LicenseKey::parse("ABC"), Err(KeyError::Length));
        assert_eq!(LicenseKey::parse(&"U".repeat(25)), Err(KeyError::Symbol));
        assert_eq!(LicenseKey::beginning("7kq2m9x"), Some("7KQ2M-9X".to_owned()));
        assert_eq!(LicenseKey::beginning("müller"), None);
    }

    proptest! {
        #[test]
        fn l3_every_key_reads_back(random in any::<[u8; RANDOM_SYMBOLS]>()) {
            let key = LicenseKey::from_random(random);
            prop_assert_eq!(LicenseKey::parse(&key.grouped()), Ok(key));
        }

        #[test]
        fn l3_up_to_three_wrong_symbols_are_a_typing_error(
            random in any::<[u8; RANDOM_SYMBOLS]>(),
            wrong in proptest::collection::btree_map(0..LENGTH, 1u8..32, 1..=3),
        ) {
            let mut key = LicenseKey::from_random(random);
            for (at, by) in wrong {
                key.0[at] ^= by;
            }
            prop_assert_eq!(LicenseKey::parse(&group(&key.0)), Err(KeyError::Checksum));
        }

        #[test]
        fn l3_two_swapped_symbols_are_a_typing_error(random in any::<[u8; RANDOM_SYMBOLS]>(), a in 0..LENGTH, b in 0..LENGTH) {
            let mut key = LicenseKey::from_random(random);
            prop_assume!(key.0[a] != key.0[b]);
            key.0.swap(a, b);
            prop_assert_eq!(LicenseKey::parse(&group(&key.0)), Err(KeyError::Checksum));
        }
    }
}
