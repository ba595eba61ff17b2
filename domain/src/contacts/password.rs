//! Passwords: what a new one must be, and a type that never shows one.

use serde::{Deserialize, Serialize};

use crate::FieldErrors;

/// The fewest characters of a new password.
pub const PASSWORD_LEAST: usize = 10;
const PASSWORD_MOST: usize = 200;

/// A password as typed. It has no `Display`, and `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// The characters, for hashing.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Password {
    fn from(typed: &str) -> Self {
        Self(typed.to_owned())
    }
}

impl From<String> for Password {
    fn from(typed: String) -> Self {
        Self(typed)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

/// A new password, typed twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// The field `Password`.
    #[serde(default)]
    pub password: Password,
    /// The field `Password confirmation`.
    #[serde(default)]
    pub password_confirmation: Password,
}

impl NewPassword {
    /// Long enough, not one of the names it must not be, and twice the same. How easily it is
    /// guessed besides is judged on the server, whose word list is too large for a phone.
    ///
    /// # Errors
    /// Messages at `password` and `password_confirmation`.
    pub fn check(&self, not: &[&str]) -> Result<Password, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = self.password.reveal();
        match typed.chars().count() {
            0 => errors.add("password", "Enter a password."),
            short if short < PASSWORD_LEAST => {
                errors.add("password", format!("Use at least {PASSWORD_LEAST} characters; this has {short}."));
            }
            long if long > PASSWORD_MOST => {
                errors.add("password", format!("Use at most {PASSWORD_MOST} characters; this has {long}."));
            }
            _ => {}
        }
        let folded = typed.to_lowercase();
        if not.iter().any(|name| !name.is_empty() && name.to_lowercase() == folded) {
            errors.add("password", "Choose a password that is not the name or the e-mail address.");
        }
        if errors.is_empty() && self.password != self.password_confirmation {
            errors.add("password_confirmation", "The two passwords are not the same.");
        }
        if errors.is_empty() { Ok(self.password.clone()) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(password: &str, confirmation: &str) -> NewPassword {
        NewPassword { password: password.into(), password_confirmation: confirmation.into() }
    }

    #[test]
    fn x3_a_new_password_is_long_enough_not_the_name_and_typed_twice_alike() {
        let check = |password, confirmation| typed(password, confirmation).check(&["anna@northwind.example"]);
        assert_eq!(check("correct horse", "correct horse"), Ok("correct horse".into()));
        assert_eq!(
            check("short", "short"),
            Err(FieldErrors::at("password", "Use at least 10 characters; this has 5."))
        );
        assert_eq!(
            check("correct horse", "correct house"),
            Err(FieldErrors::at("password_confirmation", "The two passwords are not the same."))
        );
        assert_eq!(
            check("Anna@Northwind.example", "Anna@Northwind.example"),
            Err(FieldErrors::at("password", "Choose a password that is not the name or the e-mail address."))
        );
        assert_eq!(check("", ""), Err(FieldErrors::at("password", "Enter a password.")));
    }

    #[test]
    fn a_password_is_not_shown_by_debug() {
        assert_eq!(format!("{:?}", Password::from("secret")), "Password(..)");
    }
}
