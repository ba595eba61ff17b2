//! The second factor: an authenticator app, and recovery codes for the day it is lost.

use serde::{Deserialize, Serialize};

use super::Password;
use crate::{FieldErrors, Moment, text};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// For how long somebody who has proved who they are need not do so again, in minutes.
pub const CONFIRMED_MINUTES: i64 = 15;
/// Wrong passwords or codes in a row, asked for once more, after which a session is over.
pub const CONFIRMATION_TRIES: i64 = 4;
/// Symbols of a recovery code: Crockford's base 32, as in a license key.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 random bits.
const RECOVERY_SYMBOLS: usize = 16;
/// Of the codes that were given out first; they go on working.
const FORMER_RECOVERY_SYMBOLS: usize = 10;
const GROUP: usize = 4;
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
    /// Sixteen symbols, in upper case.
    Recovery(String),
    /// Ten symbols, in upper case: a recovery code of the former kind.
    FormerRecovery(String),
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
        let known = symbols.bytes().all(|b| SYMBOLS.contains(&b));
        match symbols.len() {
            RECOVERY_SYMBOLS if known => Ok(Code::Recovery(symbols)),
            FORMER_RECOVERY_SYMBOLS if known => Ok(Code::FormerRecovery(symbols)),
            _ => Err(FieldErrors::at("code", "A code has 6 digits, a recovery code 16 letters and digits.")),
        }
    }
}

/// A recovery code made of random bytes: 80 random bits, sixteen symbols.
pub fn recovery_code(random: [u8; RECOVERY_SYMBOLS]) -> String {
    random.iter().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect()
}

/// A recovery code as people read it: groups of four.
pub fn grouped(code: &str) -> String {
    let symbols: Vec<_> = code.chars().collect();
    symbols.chunks(GROUP).map(|group| group.iter().collect()).collect::<Vec<String>>().join("-")
}

/// Who asks for something that matters proves once more who they are: by the password, and by a code where there is a second
/// factor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The field `Password`.
    #[serde(default)]
    pub password: Password,
    /// The field `Code`, of those who have a second factor.
    #[serde(default)]
    pub code: Password,
    /// The address to go to afterwards; only addresses of this house are followed.
    #[serde(default)]
    pub next: String,
}

impl Confirmation {
    /// What can be told before anything is looked up: that nothing was typed, or no code at all.
    ///
    /// # Errors
    /// Messages at `password` and `code`.
    pub fn check(&self, has_factor: bool) -> Result<Option<Code>, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.password.reveal().is_empty() {
            errors.add("password", "Enter your password.");
        }
        let code = has_factor.then(|| CodeForm { code: self.code.clone() }.check()).transpose();
        let code = errors.take_all(code).flatten();
        if errors.is_empty() { Ok(code) } else { Err(errors) }
    }
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
        assert!(read("abcd-efgh-jkmn-pqrs") == Some(Code::Recovery("ABCDEFGHJKMNPQRS".to_owned())));
        assert!(read("oil2 3456 7890 1234") == Some(Code::Recovery("0112345678901234".to_owned())));
        assert!(read("abcde-fghjk") == Some(Code::FormerRecovery("ABCDEFGHJK".to_owned())));
        for wrong in
            ["", "12345", "1234567", "abcd-efgh-jkmn-pqr", "abcd-efgh-jkmn-pqru", "abcde-fghju", "１２３４５６"]
        {
            assert!(read(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn who_has_a_second_factor_confirms_with_both() {
        let typed = |password: &str, code: &str| Confirmation {
            password: password.into(),
            code: code.into(),
            next: String::new(),
        };
        assert!(typed("orbit", "").check(false).is_ok_and(|code| code.is_none()));
        assert!(typed("orbit", "012345").check(true) == Ok(Some(Code::App("012345".to_owned()))));
        let nothing = typed("", "").check(true).err().expect("nothing was typed");
        assert_eq!(
            (nothing.get("password"), nothing.get("code")),
            (Some("Enter your password."), Some("Enter the code."))
        );
        assert!(typed("", "012345").check(false).is_err());
    }

    #[test]
    fn a_recovery_code_reads_as_it_is_written() {
        let code = recovery_code([0, 31, 32, 63, 255, 7, 8, 9, 10, 200, 1, 2, 3, 4, 5, 6]);
        assert_eq!(grouped(&code), "0Z0Z-Z789-A812-3456");
        assert!(read(&grouped(&code)) == Some(Code::Recovery(code)));
    }
}
