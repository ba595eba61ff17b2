//! The number of a bank account (ISO 13616), with the two digits that tell a typing error.

/// The number as it is kept, without spaces; `Ok(None)` when nothing was typed.
///
/// # Errors
/// A sentence for the field when it is none.
pub(super) fn iban(typed: &str) -> Result<Option<String>, String> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    if number.is_empty() {
        return Ok(None);
    }
    let letters = number.chars().take(2).filter(char::is_ascii_uppercase).count();
    let digits = number.chars().skip(2).take(2).filter(char::is_ascii_digit).count();
    let whole = number.chars().all(|c| c.is_ascii_alphanumeric()) && (15..=34).contains(&number.len());
    if letters != 2 || digits != 2 || !whole {
        return Err("Enter an IBAN like DE89 3704 0044 0532 0130 00.".to_owned());
    }
    match rest(&number) {
        1 => Ok(Some(number)),
        _ => Err("Check this IBAN: its check digits do not fit, so something is mistyped.".to_owned()),
    }
}

/// ISO 7064, modulo 97: what the number leaves with its first four characters at its end; letters count from 10 on.
fn rest(number: &str) -> u32 {
    let (front, back) = number.split_at(4);
    let values = back.chars().chain(front.chars()).filter_map(|c| c.to_digit(36));
    values.fold(0, |rest, value| if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b7_a_typing_error_in_an_iban_is_told() {
        for right in ["DE89 3704 0044 0532 0130 00", "gb29nwbk60161331926819", "NO93 8601 1117 947"] {
            assert!(matches!(iban(right), Ok(Some(_))), "{right}");
        }
        for wrong in ["DE88370400440532013000", "DE89370400440532031000", "GB29NWBK60161331926818"] {
            assert!(iban(wrong).is_err_and(|told| told.starts_with("Check this IBAN")), "{wrong}");
        }
        for none in [
            "DE",
            "1234567890123456",
            "DE89-3704-0044-0532-0130-00",
            "DEXX370400440532013000",
            "ДE89370400440532013000",
        ] {
            assert!(iban(none).is_err_and(|told| told.starts_with("Enter an IBAN")), "{none}");
        }
        assert_eq!(iban("  "), Ok(None));
    }
}
