//! How something of a known type stands in the page: packed, and the bytes as letters.
//!
//! What is written in ASCII stands there as itself, so that the words that the page shows stand there twice and the second time costs
//! next to nothing when it is compressed. In base64 no word is the same again, and the list of 50 licenses is a sixth larger on its way. Every other byte, and
//! whatever the script around it would read as something else, is one of the 256 letters from `Ā` on.

use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

use crate::ui::Fault;
use crate::ui::data::packed::{unpack, unreadable};

/// The codec of what the server hands to the program with the page.
pub struct Handed;

impl<T: Serialize + DeserializeOwned> Encoder<T> for Handed {
    type Error = Fault;
    type Encoded = String;

    /// Only the server writes pages.
    fn encode(value: &T) -> Result<String, Fault> {
        #[cfg(feature = "ssr")]
        return super::packed::pack(value).map(|bytes| letters(&bytes));
        #[cfg(not(feature = "ssr"))]
        {
            let _ = value;
            Err(unreadable())
        }
    }
}

impl<T: DeserializeOwned> Decoder<T> for Handed {
    type Error = Fault;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Fault> {
        unpack(&bytes(text)?)
    }
}

/// The letter of the byte 0, where a byte does not stand for itself. From here on there are 256 of which none has to be escaped.
const LETTERS: u32 = 0x100;

/// Bytes as they stand in a page.
#[cfg(feature = "ssr")]
pub fn letters(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        b'"' | b'\\' | b'<' => char::from_u32(LETTERS + u32::from(*byte)),
        b' '..=b'~' => Some(char::from(*byte)),
        _ => char::from_u32(LETTERS + u32::from(*byte)),
    };
    bytes.iter().filter_map(letter).collect()
}

/// What stands in a page, as bytes.
///
/// # Errors
/// [`Fault::Broken`] when no bytes stand there.
pub fn bytes(letters: &str) -> Result<Vec<u8>, Fault> {
    let byte = |letter: char| match u32::from(letter) {
        code if code < LETTERS => u8::try_from(code).ok().filter(u8::is_ascii),
        code => u8::try_from(code - LETTERS).ok(),
    };
    letters.chars().map(byte).collect::<Option<_>>().ok_or_else(unreadable)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_byte_arrives_and_none_has_to_be_escaped() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let written = letters(&all);
        assert_eq!(bytes(&written), Ok(all));
        assert_eq!(format!("{written:?}"), format!("\"{written}\""), "Leptos writes it so into a script");
        assert!(!written.contains('<'), "no tag begins there");
    }

    #[test]
    fn words_stand_there_as_they_are_read() {
        assert_eq!(letters(b"21 Nov 2026, 14:03:07 CET & more"), "21 Nov 2026, 14:03:07 CET & more");
        assert_eq!(letters("\u{1}ä<".as_bytes()), "āǃƤļ");
    }

    #[test]
    fn what_was_not_written_so_is_not_read() {
        for text in ["ä", "\u{200}", "a€"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }
}
