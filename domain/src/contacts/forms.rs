//! The forms by which people come in: sign in, activate, change the password.

use serde::{Deserialize, Serialize};

use super::{NewPassword, Password};
use crate::{FieldErrors, text};

/// The sign-in form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The field `E-mail or username`.
    #[serde(default)]
    pub login: String,
    /// The field `Password`.
    #[serde(default)]
    pub password: Password,
    /// The address to go to afterwards; only addresses of this house are followed.
    #[serde(default)]
    pub next: String,
}

impl SignIn {
    /// Both fields are there; whether they are right only the server knows.
    ///
    /// # Errors
    /// Messages at `login` and `password`.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.login.trim().is_empty() {
            errors.add("login", "Enter your e-mail address or username.");
        }
        if self.password.reveal().is_empty() {
            errors.add("password", "Enter your password.");
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// The form for those who forgot their password (A7).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgot {
    /// The field `E-mail or username`.
    #[serde(default)]
    pub login: String,
}

impl Forgot {
    /// Something is typed; whether somebody has that name is told to nobody.
    ///
    /// # Errors
    /// A message at `login`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        match self.login.trim() {
            "" => Err(FieldErrors::at("login", "Enter your e-mail address or username.")),
            login => Ok(login.to_owned()),
        }
    }
}

/// The form behind the link of a mail: activation (A5), or a new password (A7).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// The token of the link.
    #[serde(default)]
    pub token: Password,
    /// The password, twice.
    #[serde(flatten)]
    pub new: NewPassword,
}

/// The change of one's own password; also the forced one at the first sign-in (A10).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChange {
    /// The field `Current password`.
    #[serde(default)]
    pub current: Password,
    /// The new password, twice.
    #[serde(flatten)]
    pub new: NewPassword,
}

impl PasswordChange {
    /// The new password is one, and another than the current.
    ///
    /// # Errors
    /// Messages at `current`, `password` and `password_confirmation`.
    pub fn check(&self, not: &[&str]) -> Result<Password, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.current.reveal().is_empty() {
            errors.add("current", "Enter your current password.");
        }
        match self.new.check(not) {
            Ok(new) if new == self.current => {
                errors.add("password", "Choose another password than the current one.");
            }
            Ok(new) if errors.is_empty() => return Ok(new),
            Ok(_) => {}
            Err(more) => more.iter().for_each(|e| errors.add(&e.field, e.message.clone())),
        }
        Err(errors)
    }
}

/// A username: one word, no spaces and nothing invisible. Compared without regard to case.
///
/// # Errors
/// A sentence for the field.
pub fn username(typed: &str) -> Result<String, String> {
    let name = text::required(typed, "username", 254)?;
    let allowed = |c: char| c.is_alphanumeric() || "._-+@'".contains(c);
    if name.chars().any(text::is_invisible) || !name.chars().all(allowed) {
        return Err("Use letters, digits and . _ - + @ only.".to_owned());
    }
    if name.chars().count() < 3 {
        return Err("Use at least 3 characters.".to_owned());
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a10_a_username_is_one_visible_word() {
        assert_eq!(username(" anna@northwind.example "), Ok("anna@northwind.example".to_owned()));
        assert_eq!(username("jürgen"), Ok("jürgen".to_owned()));
        for wrong in ["", "ab", "two words", "a\u{200b}bcd", "a\u{202e}bcd", "<script>"] {
            assert!(username(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a10_a_change_of_password_names_every_field_that_is_wrong() {
        let change = PasswordChange {
            current: "".into(),
            new: NewPassword { password: "short".into(), password_confirmation: "".into() },
        };
        let errors = change.check(&[]).expect_err("two fields are wrong");
        let fields: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["current", "password"]);
        let same = PasswordChange {
            current: "correct horse".into(),
            new: NewPassword { password: "correct horse".into(), password_confirmation: "correct horse".into() },
        };
        assert_eq!(same.check(&[]), Err(FieldErrors::at("password", "Choose another password than the current one.")));
    }
}
