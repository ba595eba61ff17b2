//! How something of a known type stands in the page: packed, and the bytes as letters.

#[cfg(feature = "ssr")]
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

use super::packed::{unpack, unreadable};
use crate::Fault;

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

/// Bytes as they stand in a page.
#[cfg(feature = "ssr")]
pub fn letters(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// What stands in a page, as bytes.
///
/// # Errors
/// [`Fault::Broken`] when no bytes stand there.
pub fn bytes(letters: &str) -> Result<Vec<u8>, Fault> {
    #[cfg(feature = "ssr")]
    return STANDARD_NO_PAD.decode(letters).map_err(|_| unreadable());
    // The browser has this itself, and gives a character for each byte.
    #[cfg(not(feature = "ssr"))]
    {
        let text = leptos::prelude::window().atob(letters).map_err(|_| unreadable())?;
        text.chars().map(u8::try_from).collect::<Result<_, _>>().map_err(|_| unreadable())
    }
}
