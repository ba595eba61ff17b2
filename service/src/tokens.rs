//! Secrets that travel once: session cookies and activation links. Stored hashed only.

use sha2::{Digest, Sha256};

use crate::random::Random;

/// A random secret of 256 bits. It has no `Display`, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new(random: &Random) -> Self {
        Self(hex::encode(random.bytes::<32>()))
    }

    /// The text for the cookie or the link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// What is stored of a token that came back. The tokens are random and long, so a plain hash
/// is enough, and looking it up by an index tells nothing about the token.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}
