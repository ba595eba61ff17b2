//! The second factor: an authenticator app, and recovery codes for the day it is lost.

use serde::{Deserialize, Serialize};

use super::Password;
use crate::{FieldErrors, Moment, text};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// For how long somebody who has proved who they are need not do so again, in minutes.
pub const CONFIRMED_MINUTES: i64 = 15;
/// Symbols of a recovery code: Crockford's base 32, as in a license key.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RECOVERY_SYMBOLS: usize = 10;
const APP_DIGITS: usize = 6;

/// The field `Code`: what an app shows, or a recovery code. No `Display`; `Debug` does not show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeForm {
    /// As typed.
    #[serde(default)]
    pub code: Password,
}

/// A code that has the shape of one.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// Six digits.
    App(String),
    /// Ten symbols, in upper case.
    Recovery(String),
}

impl CodeForm {
    /// Reads a code without regard to case, spaces and dashes, and to the usual confusions in a recovery code.
    ///
    /// # Errors
    /// A message at `code`.
    pub fn check(&self) -> Result<Code, FieldErrors> {
        let typed: String = self.code.reveal().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if typed.is_empty() {
            return Err(FieldErrors::at("code", "Enter the code."));
        }
        if typed.len() == APP_DIGITS && typed.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Code::App(typed));
        }
        let symbols: String = typed.to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        if symbols.len() == RECOVERY_SYMBOLS && symbols.bytes().all(|b| SYMBOLS.contains(&b)) {
            return Ok(Code::Recovery(symbols));
        }
        Err(FieldErrors::at("code", "A code has 6 digits, a recovery code 10 letters and digits."))
    }
}

/// A recovery code made of random bytes: 50 random bits, ten symbols.
pub fn recovery_code(random: [u8; RECOVERY_SYMBOLS]) -> String {
    random.iter().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect()
}

/// A recovery code as people read it: two groups of five.
pub fn grouped(code: &str) -> String {
    code.split_at_checked(RECOVERY_SYMBOLS / 2).map_or_else(|| code.to_owned(), |(a, b)| format!("{a}-{b}"))
}

/// Who asks for something that matters proves once more who they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The field `Password`.
    #[serde(default)]
    pub password: Password,
    /// The address to go to afterwards; only addresses of this house are followed.
    #[serde(default)]
    pub next: String,
}

/// The second factor of whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// Since when there is an app.
    pub app_since: Option<Moment>,
    /// Recovery codes that have not been used.
    pub recovery_left: i64,
    /// Whether the account asks for one.
    pub required: bool,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Whether passkeys can be used here.
    pub passkeys_possible: bool,
}

/// One passkey of whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRow {
    /// The credential's id.
    pub id: String,
    /// What its holder calls it.
    pub name: String,
    /// Since when.
    pub created: Moment,
    /// When it was last used.
    pub used: Option<Moment>,
}

/// What a passkey is called by its holder: up to 60 characters.
///
/// # Errors
/// A sentence for the field.
pub fn passkey_name(typed: &str) -> Result<String, String> {
    text::required(typed, "name for it", 60)
}

/// An app that is being set up. Shown to its holder alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApp {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The same as an `otpauth` address, for a tap on a phone.
    pub address: String,
    /// The same as a QR code: rows of dark and light.
    pub qr: Vec<Vec<bool>>,
    /// To be written down.
    pub recovery: Vec<String>,
}

impl std::fmt::Debug for NewApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewApp(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<Code> {
        CodeForm { code: typed.into() }.check().ok()
    }

    #[test]
    fn a_code_is_read_without_regard_to_spaces_dashes_and_case() {
        assert!(read(" 012 345 ") == Some(Code::App("012345".to_owned())));
        assert!(read("abcde-fghjk") == Some(Code::Recovery("ABCDEFGHJK".to_owned())));
        assert!(read("oil23 45678") == Some(Code::Recovery("0112345678".to_owned())));
        for wrong in ["", "12345", "1234567", "abcde-fghj", "abcde-fghju", "１２３４５６"] {
            assert!(read(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_recovery_code_reads_as_it_is_written() {
        let code = recovery_code([0, 31, 32, 63, 255, 7, 8, 9, 10, 200]);
        assert_eq!(grouped(&code), "0Z0ZZ-789A8");
        assert!(read(&grouped(&code)) == Some(Code::Recovery(code)));
    }
}
