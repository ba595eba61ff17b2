//! The numbers of invoices, credit notes and payments, and the reference of a bank transfer (B5, B7).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The number of an invoice, from 1 on without gaps: `INV-000042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvoiceNumber(pub i64);

/// The number of a credit note, from 1 on without gaps: `CN-000007`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreditNoteNumber(pub i64);

/// The number of a payment, from the moment it is begun: `PAY-000311`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentNumber(pub i64);

/// The text is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of ours")]
pub struct NotANumber;

impl FromStr for InvoiceNumber {
    type Err = NotANumber;

    /// As it is shown, or only its digits: `INV-000042`, `inv-42`, `42`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        digits(text, "INV-").map(Self)
    }
}

impl FromStr for CreditNoteNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        digits(text, "CN-").map(Self)
    }
}

impl FromStr for PaymentNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        digits(text, "PAY-").map(Self)
    }
}

fn digits(text: &str, prefix: &str) -> Result<i64, NotANumber> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.strip_prefix(prefix).unwrap_or(&text);
    match digits.parse() {
        Ok(number @ 1..) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
        _ => Err(NotANumber),
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INV-{:06}", self.0)
    }
}

impl fmt::Display for CreditNoteNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CN-{:06}", self.0)
    }
}

impl fmt::Display for PaymentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAY-{:06}", self.0)
    }
}

/// What a bank transfer is for, as it is written into the transfer: a creditor reference of ISO 11649, `RF` and two
/// check digits, by which a typing error is told from a reference that is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// The invoice that is paid.
    Invoice(InvoiceNumber),
    /// The payment that was begun: licenses that were ticked, or a top-up.
    Payment(PaymentNumber),
}

/// Why a text is no reference of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It does not begin with `RF` and two digits.
    #[error("A reference begins with RF and two digits, for example {}.", Reference::Invoice(InvoiceNumber(42)))]
    NoReference,
    /// The check digits are wrong.
    #[error("This reference has a typing error: its check digits do not fit. Compare it with the invoice.")]
    Mistyped,
    /// It is right, but nothing of ours.
    #[error("This is a reference of somebody else. Find the invoice by its number instead.")]
    NotOurs,
}

impl Reference {
    /// The reference in a text, whatever its spaces and case: `rf18 i000 0042`.
    ///
    /// # Errors
    /// [`ReferenceError`].
    pub fn read(text: &str) -> Result<Self, ReferenceError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let ours = text.bytes().all(|byte| byte.is_ascii_alphanumeric()) && (5..=25).contains(&text.len());
        let (check, body) = text.strip_prefix("RF").filter(|_| ours).ok_or(ReferenceError::NoReference)?.split_at(2);
        if !check.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ReferenceError::NoReference);
        }
        if check_digits(body) != check {
            return Err(ReferenceError::Mistyped);
        }
        let (kind, number) = body.split_at(1);
        let number = number.parse::<i64>().ok().filter(|number| *number > 0).ok_or(ReferenceError::NotOurs)?;
        match kind {
            "I" => Ok(Self::Invoice(InvoiceNumber(number))),
            "P" => Ok(Self::Payment(PaymentNumber(number))),
            _ => Err(ReferenceError::NotOurs),
        }
    }

    /// The first reference of ours in what somebody wrote into a transfer: `Thank you! RF18 I000 0042 (November)`.
    pub fn find_in(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let places = text.match_indices("RF").map(|(at, _)| &text[at..]);
        places.flat_map(|from| (5..=25).filter_map(|length| from.get(..length))).find_map(|candidate| {
            Self::read(candidate).ok().filter(|reference| reference.to_string().replace(' ', "") == candidate)
        })
    }

    /// What stands after the check digits: a letter, and the number in seven digits or more.
    fn body(self) -> String {
        match self {
            Self::Invoice(number) => format!("I{:07}", number.0),
            Self::Payment(number) => format!("P{:07}", number.0),
        }
    }
}

impl fmt::Display for Reference {
    /// In groups of four, as it is printed: `RF18 I000 0042`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body();
        let whole = format!("RF{}{body}", check_digits(&body));
        for (at, c) in whole.chars().enumerate() {
            write!(f, "{}{c}", if at > 0 && at % 4 == 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

/// ISO 7064, modulo 97: the digits by which a body, with `RF` and them behind it, leaves 1. Letters count from 10 on.
fn check_digits(body: &str) -> String {
    let digits = body.chars().chain("RF00".chars()).filter_map(|c| c.to_digit(36));
    let rest = digits.fold(0, |rest, digit| match digit {
        0..=9 => (rest * 10 + digit) % 97,
        _ => (rest * 100 + digit) % 97,
    });
    format!("{:02}", 98 - rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn b5_a_number_is_read_as_it_is_shown() {
        let read = ["INV-000042", " inv-42 ", "42"].map(str::parse);
        assert_eq!(read, [Ok(InvoiceNumber(42)); 3]);
        let wrong = ["", "INV-", "INV--1", "INV-0", "CN-7", "+7", "99999999999999999999"];
        assert_eq!(wrong.map(str::parse), [Err::<InvoiceNumber, _>(NotANumber); 7]);
        assert_eq!("CN-000007".parse(), Ok(CreditNoteNumber(7)));
        assert_eq!("PAY-000311".parse(), Ok(PaymentNumber(311)));
    }

    #[test]
    fn b7_the_check_digits_are_those_of_the_standard() {
        assert_eq!(check_digits("539007547034"), "18");
        assert_eq!(check_digits("2348231"), "71");
        assert_eq!(check_digits("0000000A"), check_digits("A"));
    }

    #[test]
    fn b5_numbers_read_as_people_say_them() {
        assert_eq!(InvoiceNumber(42).to_string(), "INV-000042");
        assert_eq!(CreditNoteNumber(7).to_string(), "CN-000007");
        assert_eq!(PaymentNumber(1_234_567).to_string(), "PAY-1234567");
    }

    #[test]
    fn b7_a_reference_is_read_as_it_is_printed_or_typed() {
        let reference = Reference::Invoice(InvoiceNumber(42));
        let printed = reference.to_string();
        assert_eq!(printed.len(), "RF18 I000 0042".len());
        for typed in [printed.clone(), printed.replace(' ', ""), printed.to_lowercase(), format!(" {printed}\n")] {
            assert_eq!(Reference::read(&typed), Ok(reference), "{typed}");
        }
    }

    #[test]
    fn b7_a_reference_is_found_in_what_people_write_into_a_transfer() {
        let reference = Reference::Payment(PaymentNumber(311));
        for text in
            [format!("Thank you! {reference} (November)"), format!("RF perf {reference}/2026"), reference.to_string()]
        {
            assert_eq!(Reference::find_in(&text), Some(reference), "{text}");
        }
        for text in ["", "RF", "Invoice 42", "RF18 5390 0754 7034", "\u{1f4b6} \u{200f}"] {
            assert_eq!(Reference::find_in(text), None, "{text}");
        }
    }

    #[test]
    fn x3_what_is_no_reference_of_ours_is_told_apart() {
        use ReferenceError::{Mistyped, NoReference, NotOurs};
        let printed = Reference::Payment(PaymentNumber(311)).to_string();
        assert_eq!(Reference::read(&printed.replace("311", "312")), Err(Mistyped));
        assert_eq!(Reference::read("RF18 5390 0754 7034"), Err(NotOurs));
        assert_eq!(Reference::read("RF00 5390 0754 7034"), Err(Mistyped));
        for wrong in ["", "RF", "RF18", "INV-000042", "RFXX I000 0042", "RF18 €000 0042", "RF18 ٣", &"RF18".repeat(9)]
        {
            assert_eq!(Reference::read(wrong), Err(NoReference), "{wrong}");
        }
        let zero = format!("RF{}I0", check_digits("I0"));
        assert_eq!(Reference::read(&zero), Err(NotOurs));
    }

    proptest! {
        #[test]
        fn b7_every_reference_is_read_back_and_one_wrong_digit_never_is(number in 1..=i64::MAX, at in 0usize..30, digit in 0u32..10) {
            for reference in [Reference::Invoice(InvoiceNumber(number)), Reference::Payment(PaymentNumber(number))] {
                let printed = reference.to_string().replace(' ', "");
                prop_assert!(printed.len() <= 25);
                prop_assert_eq!(Reference::read(&printed), Ok(reference));
                let typed: String = printed.chars().enumerate().map(|(place, c)| match c {
                    c if place == at && c.is_ascii_digit() => char::from_digit(digit, 10).unwrap_or(c),
                    c => c,
                }).collect();
                if typed != printed {
                    prop_assert_eq!(Reference::read(&typed), Err(ReferenceError::Mistyped));
                }
            }
        }

        #[test]
        fn x3_reading_any_text_never_panics(text in any::<String>()) {
            let _ = (Reference::read(&text), Reference::find_in(&text));
        }
    }
}
