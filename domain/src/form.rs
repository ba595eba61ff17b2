//! What all forms share: the errors at their fields, and the key that makes sending twice harmless.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Refusal;

/// What is wrong at which field, in the order of the form. Empty means nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<FieldError>);

/// One message at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's `name` in the form.
    pub field: String,
    /// A sentence that says what to do.
    pub message: String,
}

impl FieldErrors {
    /// One message at one field.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds a message; the first one at a field stays.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        if self.get(field).is_none() {
            self.0.push(FieldError { field: field.to_owned(), message: message.into() });
        }
    }

    /// The value, or its message added at `field`.
    pub fn take<T>(&mut self, field: &str, value: Result<T, impl Into<String>>) -> Option<T> {
        value.map_err(|message| self.add(field, message)).ok()
    }

    /// The value, or its messages added to these.
    pub fn take_all<T>(&mut self, value: Result<T, Self>) -> Option<T> {
        value.map_err(|more| more.0.into_iter().for_each(|error| self.add(&error.field, error.message))).ok()
    }

    /// The message at a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// All of them, first field first.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors alone, without those of other fields than `fields`: one step of a wizard.
    pub fn only(&self, fields: &[&str]) -> Self {
        let kept = self.iter().filter(|error| fields.contains(&error.field.as_str()));
        Self(kept.cloned().collect())
    }
}

/// The idempotency key of one form: made when the form is shown, sent with it, and good for
/// one deed by one person. The same form sent twice answers the same and does nothing (O2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormKey(Uuid);

impl FormKey {
    /// The name of the hidden field.
    pub const FIELD: &'static str = "idempotency_key";

    /// The key in a posted form.
    ///
    /// # Errors
    /// [`Refusal::FormUnknown`] when it is missing or no key at all.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        match text.trim().parse::<Uuid>() {
            Ok(id) if !id.is_nil() => Ok(Self(id)),
            _ => Err(Refusal::FormUnknown),
        }
    }
}

impl From<Uuid> for FormKey {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl std::fmt::Display for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_at_a_field_stays_and_the_order_is_that_of_the_form() {
        let mut errors = FieldErrors::at("quantity", "first");
        errors.add("notes", "too long");
        errors.add("quantity", "second");
        let all: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.message.as_str())).collect();
        assert_eq!(all, [("quantity", "first"), ("notes", "too long")]);
        assert_eq!(errors.only(&["notes"]), FieldErrors::at("notes", "too long"));
    }

    #[test]
    fn o2_a_form_without_a_key_or_with_nonsense_for_one_is_refused() {
        for wrong in ["", " ", "1", "00000000-0000-0000-0000-000000000000", "drop table"] {
            assert_eq!(FormKey::parse(wrong), Err(Refusal::FormUnknown), "{wrong:?}");
        }
        let key = "01935f6e-7b1c-7000-8000-00000badcafe";
        assert_eq!(FormKey::parse(key).map(|key| key.to_string()), Ok(key.to_owned()));
    }
}
